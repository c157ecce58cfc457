using Kafka.Stock.Contracts;

namespace Kafka.Stock.Lakehouse;

/// <summary>A condition on one column, such as <c>year &gt;= 2020</c>. Several of them mean that all hold.</summary>
/// <param name="Column">A column of the table, without regard to case.</param>
/// <param name="Comparison">How.</param>
/// <param name="Value">What it is compared with, as the log writes partition values: <c>2020-01-02</c>, <c>1.5</c>,
/// <c>2020-01-02 03:04:05.000006</c> in UTC. Null, and not read, for IsNull and IsNotNull.</param>
public sealed record RowFilter(string Column, Comparison Comparison, string? Value)
{
    /// <summary>The condition in SQL.</summary>
    /// <exception cref="ConfigurationException">The column isn't there, is nested, or the value isn't of its type.</exception>
    public string ToSql(StructType schema)
    {
        var field = FieldOf(schema);
        var name = Sql.Name(field.Name);
        return Comparison switch
        {
            Comparison.IsNull => $"{name} IS NULL",
            Comparison.IsNotNull => $"{name} IS NOT NULL",
            _ => $"{name} {Sign()} {PartitionSql.Constant(field.Type, Demand(field).Text)}",
        };
    }

    /// <summary>False where no row of a file satisfies the condition for certain.</summary>
    /// <param name="schema">The table's.</param>
    /// <param name="isPartitionColumn">Whether the column is one of those that partition the table.</param>
    /// <param name="values">The file's partition values.</param>
    /// <param name="statistics">The file's statistics; null where there are none.</param>
    /// <exception cref="ConfigurationException">The column isn't there, is nested, or the value isn't of its type.</exception>
    public bool MayMatch(StructType schema, bool isPartitionColumn, PartitionValues values, FileStatistics? statistics)
    {
        var field = FieldOf(schema);
        var wanted = Comparison is Comparison.IsNull or Comparison.IsNotNull ? default : Demand(field);
        if (isPartitionColumn) return MayMatchPartition(field, values[field.Name], wanted);
        return statistics is null || MayMatchStatistics(field, statistics, wanted);
    }

    bool MayMatchPartition(StructField field, string? text, OrderedValue wanted)
    {
        if (text is null) return Comparison == Comparison.IsNull;
        if (Comparison is Comparison.IsNull or Comparison.IsNotNull) return Comparison == Comparison.IsNotNull;
        if (!OrderedValue.TryRead(field.Type, text, out var value) || !value.TryCompare(wanted, out var order)) return true;
        return Comparison switch
        {
            Comparison.Equal => order == 0,
            Comparison.NotEqual => order != 0,
            Comparison.Less => order < 0,
            Comparison.LessOrEqual => order <= 0,
            Comparison.Greater => order > 0,
            _ => order >= 0,
        };
    }

    bool MayMatchStatistics(StructField field, FileStatistics statistics, OrderedValue wanted)
    {
        var nullCount = statistics.NullCount(field.Name);
        if (Comparison == Comparison.IsNull) return nullCount != 0;
        if (nullCount is not null && nullCount == statistics.NumRecords) return false;
        return Comparison switch
        {
            Comparison.Equal => MayReach(field, statistics, wanted, below: true, orEqual: true)
                && MayReach(field, statistics, wanted, below: false, orEqual: true),
            Comparison.Less => MayReach(field, statistics, wanted, below: true, orEqual: false),
            Comparison.LessOrEqual => MayReach(field, statistics, wanted, below: true, orEqual: true),
            Comparison.Greater => MayReach(field, statistics, wanted, below: false, orEqual: false),
            Comparison.GreaterOrEqual => MayReach(field, statistics, wanted, below: false, orEqual: true),
            _ => true,
        };
    }

    /// <summary>Whether a value below (or above) the wanted one may be there, by the file's minimum (or maximum).</summary>
    bool MayReach(StructField field, FileStatistics statistics, OrderedValue wanted, bool below, bool orEqual)
    {
        // NaN is above all other numbers in SQL, and not every writer's maximum knows it.
        var isFloat = field.Type == DeltaType.Float32 || field.Type == DeltaType.Float64;
        if (isFloat && !below && Comparison != Comparison.Equal) return true;
        var bound = below ? statistics.Min(field.Name) : statistics.Max(field.Name);
        if (bound is not { } json || !OrderedValue.TryReadBound(field.Type, json, isMax: !below, out var value)) return true;
        if (!value.TryCompare(wanted, out var order)) return true;
        return order == 0 ? orEqual : below ? order < 0 : order > 0;
    }

    OrderedValue Demand(StructField field) => Value is not null && OrderedValue.TryRead(field.Type, Value, out var value)
        ? value
        : throw new ConfigurationException($"filter on {field.Name}", Value ?? "no value", $"a value of type {field.Type}");

    StructField FieldOf(StructType schema) => schema.Find(Column) is { Type: PrimitiveType or DecimalType } field
        ? field
        : throw new ConfigurationException("filter", $"column {Column}", "a column of the table that isn't nested");

    string Sign() => Comparison switch
    {
        Comparison.Equal => "=",
        Comparison.NotEqual => "!=",
        Comparison.Less => "<",
        Comparison.LessOrEqual => "<=",
        Comparison.Greater => ">",
        _ => ">=",
    };
}
