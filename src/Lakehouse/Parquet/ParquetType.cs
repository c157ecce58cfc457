using System.Collections.Immutable;
using Kafka.Stock.Contracts;

namespace Kafka.Stock.Lakehouse;

/// <summary>A primitive type in its three names.</summary>
/// <param name="Delta">In the table's schema.</param>
/// <param name="Sql">In DuckDB's SQL. A column is cast to it before it is written, and after it is read.</param>
/// <param name="Column">In DuckDB's results.</param>
/// <param name="Parquet">How DuckDB writes it; others write other forms, which are read as well.</param>
public sealed record ParquetType(PrimitiveType Delta, string Sql, DuckType Column, string Parquet)
{
    /// <summary>The only list. Decimals go to int32, int64 or 16 bytes by their precision; structs, arrays and maps to groups.</summary>
    /// <remarks>An instant is written as adjusted to UTC. Not so adjusted it would be Delta's timestamp_ntz, a feature that reader
    /// version 1 doesn't have.</remarks>
    public static ImmutableArray<ParquetType> All { get; } =
    [
        new(DeltaType.Text, "VARCHAR", DuckType.Varchar, "byte_array, UTF8"),
        new(DeltaType.Int64, "BIGINT", DuckType.BigInt, "int64"),
        new(DeltaType.Int32, "INTEGER", DuckType.Integer, "int32"),
        new(DeltaType.Int16, "SMALLINT", DuckType.SmallInt, "int32, INT_16"),
        new(DeltaType.Int8, "TINYINT", DuckType.TinyInt, "int32, INT_8"),
        new(DeltaType.Float32, "FLOAT", DuckType.Float, "float"),
        new(DeltaType.Float64, "DOUBLE", DuckType.Double, "double"),
        new(DeltaType.Truth, "BOOLEAN", DuckType.Boolean, "boolean"),
        new(DeltaType.Binary, "BLOB", DuckType.Blob, "byte_array"),
        new(DeltaType.Date, "DATE", DuckType.Date, "int32, DATE"),
        new(DeltaType.Timestamp, "TIMESTAMPTZ", DuckType.TimestampTz, "int64, TIMESTAMP_MICROS adjusted to UTC"),
    ];

    /// <summary>A type in SQL, nested ones included.</summary>
    /// <exception cref="RefusedException">A type that reader version 1 doesn't have.</exception>
    public static string SqlOf(DeltaType type) => type switch
    {
        DecimalType number => $"DECIMAL({number.Precision},{number.Scale})",
        StructType nested => $"STRUCT({string.Join(", ", nested.Fields.Select(Field))})",
        ArrayType array => $"{SqlOf(array.Element)}[]",
        MapType map => $"MAP({SqlOf(map.Key)}, {SqlOf(map.Value)})",
        _ => All.FirstOrDefault(row => row.Delta == type)?.Sql
            ?? throw new RefusedException("schema", $"type {type}", "a type of Delta's reader version 1"),
    };

    static string Field(StructField field) => $"{Lakehouse.Sql.Name(field.Name)} {SqlOf(field.Type)}";

    /// <summary>The type of a result's column in a table's schema; null where Delta has none without a cast, such as a hugeint.</summary>
    public static DeltaType? DeltaOf(DuckColumn column) => column.Type == DuckType.Decimal
        ? new DecimalType(column.Precision, column.Scale)
        : All.FirstOrDefault(row => row.Column == column.Type)?.Delta;
}
