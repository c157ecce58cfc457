using System.Buffers;
using System.Collections.Immutable;
using Kafka.Stock.Contracts;

namespace Kafka.Stock.Lakehouse;

/// <summary>What a table is before it has rows.</summary>
/// <param name="Schema">Columns in order, those of the partitioning included.</param>
/// <param name="PartitionColumns">Columns whose values stand in the log and the folder names; primitive types only.</param>
public sealed record TableDefinition(StructType Schema, ImmutableArray<string> PartitionColumns)
{
    static readonly SearchValues<char> s_notInNames = SearchValues.Create(" ,;{}()\n\t=");

    /// <summary>For users.</summary>
    public string? Description { get; init; }

    /// <summary>Settings such as <c>delta.appendOnly</c>.</summary>
    public ImmutableSortedDictionary<string, string> Configuration { get; init; } = LogMaps.Empty;

    /// <summary>The same definition.</summary>
    /// <exception cref="ConfigurationException">Two columns of one name, no column at all besides the partitioning, a partition
    /// column that isn't there or is nested, or a name that Parquet can't hold.</exception>
    public TableDefinition Validated(string where)
    {
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var field in Schema.Fields)
        {
            if (!names.Add(field.Name)) throw Wrong(where, $"two columns {field.Name}", "names that differ in more than case");
            if (field.Name.Length == 0 || field.Name.AsSpan().ContainsAny(s_notInNames))
            {
                throw new ConfigurationException(where, $"column '{field.Name}'", "a name without any of ' ,;{}()=', tabs and line ends");
            }
        }

        foreach (var column in PartitionColumns)
        {
            if (Schema.Find(column) is not { } field || field.Name != column) throw Wrong(where, $"partition column {column}", "a column");
            if (field.Type is PrimitiveType or DecimalType) continue;
            throw Wrong(where, $"partition column {column} of {field.Type}", "a primitive type");
        }

        var distinct = PartitionColumns.Distinct(StringComparer.Ordinal).Count();
        if (distinct != PartitionColumns.Length || distinct >= Schema.Fields.Length)
        {
            throw Wrong(where, $"{PartitionColumns.Length} partition columns", "different ones, and a column besides them");
        }

        return this;
    }

    /// <summary>Passes where the table has these columns and this partitioning; more columns may have been added since.</summary>
    internal void DemandSame(Snapshot snapshot)
    {
        if (!snapshot.PartitionColumns.AsSpan().SequenceEqual(PartitionColumns.AsSpan()))
        {
            throw new RefusedException(
                snapshot.Where,
                $"partition columns [{string.Join(", ", snapshot.PartitionColumns)}]",
                $"[{string.Join(", ", PartitionColumns)}]");
        }

        foreach (var field in Schema.Fields)
        {
            var found = snapshot.Schema.Find(field.Name);
            if (found?.Name != field.Name || found.Type != field.Type)
            {
                throw new RefusedException(
                    snapshot.Where, $"column {field.Name} of {found?.Type.ToString() ?? "no type, since it isn't there"}", $"{field.Type}");
            }
        }
    }

    static ConfigurationException Wrong(string where, string found, string expected) => new(where, found, expected);
}
