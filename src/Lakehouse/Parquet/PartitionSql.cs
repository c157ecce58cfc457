using Kafka.Stock.Contracts;

namespace Kafka.Stock.Lakehouse;

/// <summary>Partition values between SQL and the log's strings.</summary>
/// <remarks>Delta protocol, "Partition Value Serialization".</remarks>
static class PartitionSql
{
    /// <summary>An expression that is equal for values that the log can't tell apart: an empty text is null.</summary>
    public static string Same(DeltaType type, string value) => type == DeltaType.Text ? $"nullif({value}, '')" : value;

    /// <summary>An expression for the log's string of a value; null for null.</summary>
    /// <param name="type">The column's.</param>
    /// <param name="value">An expression of that type.</param>
    /// <exception cref="RefusedException">Nobody agrees how bytes are written.</exception>
    public static string ToText(DeltaType type, string value)
    {
        if (type == DeltaType.Timestamp) return $"strftime({value} AT TIME ZONE 'UTC', '%Y-%m-%d %H:%M:%S.%f')";
        if (type == DeltaType.Binary) throw new RefusedException("partition column", "bytes", "a column of another type");
        return $"CAST({value} AS VARCHAR)";
    }

    /// <summary>An expression for the value of an expression that gives the log's string; one without zone is UTC.</summary>
    public static string FromText(DeltaType type, string text) => type == DeltaType.Binary
        ? $"encode({text})"
        : $"CAST({text} AS {ParquetType.SqlOf(type)})";

    /// <summary>A typed constant.</summary>
    public static string Constant(DeltaType type, string? text) => FromText(type, text is null ? "NULL" : Sql.Literal(text));
}
