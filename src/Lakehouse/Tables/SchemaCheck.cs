using System.Collections.Immutable;
using Kafka.Stock.Contracts;

namespace Kafka.Stock.Lakehouse;

/// <summary>Whether a file fits its table: schema enforcement, partition values, rules on values.</summary>
static class SchemaCheck
{
    /// <summary>Passes where the file's columns are the table's.</summary>
    /// <param name="where">The file, for messages.</param>
    /// <param name="schema">The table's columns.</param>
    /// <param name="partitionColumns">Which of them aren't in files.</param>
    /// <param name="file">The file.</param>
    /// <exception cref="RefusedException">They aren't: names the column.</exception>
    public static void Demand(string where, StructType schema, ImmutableArray<string> partitionColumns, DataFile file)
    {
        DemandPartitionValues(where, schema, partitionColumns, file.PartitionValues);
        foreach (var column in file.Schema.Fields)
        {
            var expected = schema.Find(column.Name);
            if (expected is null || expected.Name != column.Name)
            {
                throw new RefusedException(where, $"column {column.Name}", "the table's columns; a new one is added by asking for it");
            }

            if (partitionColumns.Contains(column.Name))
            {
                throw new RefusedException(where, $"partition column {column.Name}", "its value in the log alone");
            }

            if (!IsSame(column.Type, expected.Type))
            {
                throw new RefusedException(where, $"column {column.Name} of {column.Type}", $"{expected.Type}, as the table has it");
            }
        }

        foreach (var column in schema.Fields.Where(column => !partitionColumns.Contains(column.Name))) DemandRules(where, column, file);
    }

    /// <summary>The same types by name, whatever is nullable: a file may be stricter or looser, its values are checked apart.</summary>
    static bool IsSame(DeltaType type, DeltaType expected) => (type, expected) switch
    {
        (StructType a, StructType b) => a.Fields.Length == b.Fields.Length
            && a.Fields.Zip(b.Fields).All(pair => pair.First.Name == pair.Second.Name && IsSame(pair.First.Type, pair.Second.Type)),
        (ArrayType a, ArrayType b) => IsSame(a.Element, b.Element),
        (MapType a, MapType b) => IsSame(a.Key, b.Key) && IsSame(a.Value, b.Value),
        _ => type == expected,
    };

    static void DemandPartitionValues(string where, StructType schema, ImmutableArray<string> columns, PartitionValues values)
    {
        var given = values.ByColumn.Select(pair => pair.Key).ToHashSet(StringComparer.Ordinal);
        if (!given.SetEquals(columns))
        {
            throw new RefusedException(
                where, $"partition values of [{string.Join(", ", given)}]", $"one of each of [{string.Join(", ", columns)}]");
        }

        foreach (var column in columns)
        {
            var field = schema.Find(column)!;
            if (values[column] is { } text) PartitionText.Demand(where, field, text);
            else if (!field.IsNullable) throw NoValue(where, $"null in partition column {column}");
        }
    }

    static void DemandRules(string where, StructField column, DataFile file)
    {
        if (HasInvariant(column))
        {
            throw new RefusedException(where, $"a rule on the values of column {column.Name} ({column.Invariant ?? "nested"})",
                "a table without delta.invariants, which aren't evaluated here");
        }

        var found = file.Schema.Find(column.Name);
        if (ForbidsNullInside(column.Type) && found?.Type != column.Type && found is not null)
        {
            throw new RefusedException(
                where, $"nulls that may be inside column {column.Name}", $"a file that forbids them as {column.Type} does");
        }

        if (column.IsNullable || found is { IsNullable: false }) return;
        var nulls = found is null ? null : FileStatistics.Read(file.StatsJson)?.NullCount(column.Name);
        if (nulls == 0) return;
        if (found is null) throw NoValue(where, $"no column {column.Name}");
        throw NoValue(where, nulls is null ? $"no count of nulls in column {column.Name}" : $"{nulls} nulls in column {column.Name}");
    }

    static RefusedException NoValue(string where, string found) => new(where, found, "a value in each row, since the column forbids null");

    static bool ForbidsNullInside(DeltaType type) => type switch
    {
        StructType nested => nested.Fields.Any(field => !field.IsNullable || ForbidsNullInside(field.Type)),
        ArrayType array => !array.ContainsNull || ForbidsNullInside(array.Element),
        MapType map => !map.ValueContainsNull || ForbidsNullInside(map.Value),
        _ => false,
    };

    static bool HasInvariant(StructField column) => column.Invariant is not null || HasInvariant(column.Type);

    static bool HasInvariant(DeltaType type) => type switch
    {
        StructType nested => nested.Fields.Any(HasInvariant),
        ArrayType array => HasInvariant(array.Element),
        MapType map => HasInvariant(map.Key) || HasInvariant(map.Value),
        _ => false,
    };
}
