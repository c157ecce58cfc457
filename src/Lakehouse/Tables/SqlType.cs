namespace Kafka.Stock.Lakehouse;

/// <summary>Delta's types and partition values in DuckDB's SQL.</summary>
public static class SqlType
{
    /// <summary>The type that holds a column's values: instants are <c>TIMESTAMPTZ</c>, which Parquet then marks as UTC.</summary>
    public static string Of(DeltaType type) => type switch
    {
        StructType nested => $"STRUCT({string.Join(", ", nested.Fields.Select(field => $"{Sql.Name(field.Name)} {Of(field.Type)}"))})",
        ArrayType array => $"{Of(array.Element)}[]",
        MapType map => $"MAP({Of(map.Key)}, {Of(map.Value)})",
        DecimalType number => $"DECIMAL({number.Precision},{number.Scale})",
        PrimitiveType { Name: "string" } => "VARCHAR",
        PrimitiveType { Name: "long" } => "BIGINT",
        PrimitiveType { Name: "integer" } => "INTEGER",
        PrimitiveType { Name: "short" } => "SMALLINT",
        PrimitiveType { Name: "byte" } => "TINYINT",
        PrimitiveType { Name: "float" } => "FLOAT",
        PrimitiveType { Name: "double" } => "DOUBLE",
        PrimitiveType { Name: "boolean" } => "BOOLEAN",
        PrimitiveType { Name: "binary" } => "BLOB",
        PrimitiveType { Name: "date" } => "DATE",
        PrimitiveType { Name: "timestamp" } => "TIMESTAMPTZ",
        _ => throw new ArgumentException($"no SQL type for {type}", nameof(type)),
    };

    /// <summary>A partition value of the log as an expression of its column's type.</summary>
    /// <param name="type">The column's.</param>
    /// <param name="text">The log's string; null for null.</param>
    public static string Partition(DeltaType type, string? text)
    {
        if (text is null) return $"NULL::{Of(type)}";
        if (type == DeltaType.Binary) return $"encode({Sql.Literal(text)})";
        if (type == DeltaType.Timestamp && PartitionText.TryReadTimestamp(text, out var timestampUs))
        {
            return $"make_timestamptz({PartitionText.Of(timestampUs)})";
        }

        return $"{Sql.Literal(text)}::{Of(type)}";
    }
}
