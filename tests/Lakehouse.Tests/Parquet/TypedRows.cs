using FsCheck;
using FsCheck.Fluent;

namespace Kafka.Stock.Lakehouse.Tests;

/// <summary>Values of every type as SQL constants: the ends of each range, nulls, and what lies between by chance.</summary>
static class TypedRows
{
    public static readonly StructType AllTypes = new(
    [
        new StructField("text", DeltaType.Text),
        new StructField("int64", DeltaType.Int64),
        new StructField("int32", DeltaType.Int32),
        new StructField("int16", DeltaType.Int16),
        new StructField("int8", DeltaType.Int8),
        new StructField("float32", DeltaType.Float32),
        new StructField("float64", DeltaType.Float64),
        new StructField("truth", DeltaType.Truth),
        new StructField("bytes", DeltaType.Binary),
        new StructField("day", DeltaType.Date),
        new StructField("instant", DeltaType.Timestamp),
        new StructField("price", new DecimalType(18, 6)),
        new StructField("dec4", new DecimalType(4, 2)),
        new StructField("dec9", new DecimalType(9, 0)),
        new StructField("dec38", new DecimalType(38, 10)),
        new StructField("list", new ArrayType(DeltaType.Text, ContainsNull: true)),
        new StructField("nested", new StructType(
            [new StructField("a b", DeltaType.Int64), new StructField("deep", new ArrayType(DeltaType.Float64, ContainsNull: true))])),
        new StructField("map", new MapType(DeltaType.Text, DeltaType.Int32, ValueContainsNull: true)),
    ]);

    /// <summary>Those that SQL orders and that partition a table.</summary>
    public static readonly StructType ComparableTypes = new(
        [.. AllTypes.Fields.Where(field => field.Type is PrimitiveType or DecimalType && field.Type != DeltaType.Binary)]);

    static readonly string[] s_texts =
    [
        "", "a", "b", "AAPL/1d/csv", "é€😀", "it's", "a\nb\t", "NULL", new string('z', 32), new string('z', 33), new string('x', 400),
    ];

    /// <summary>Constants of a column's type.</summary>
    public static Gen<string> ConstantOf(DeltaType type)
    {
        var values = Texts(type).Select(text => $"CAST({text} AS {ParquetType.SqlOf(type)})");
        return Gen.Frequency((1, Gen.Constant($"CAST(NULL AS {ParquetType.SqlOf(type)})")), (5, values));
    }

    public static Gen<string[]> RowOf(StructType schema) => Gen.CollectToArray(schema.Fields, field => ConstantOf(field.Type));

    /// <summary>A SELECT of some rows, none at all included.</summary>
    public static string Select(StructType schema, IReadOnlyList<string[]> rows)
    {
        var names = string.Join(", ", schema.Fields.Select(field => Sql.Name(field.Name)));
        if (rows.Count == 0)
        {
            return $"SELECT {string.Join(", ", schema.Fields.Select(field => $"NULL AS {Sql.Name(field.Name)}"))} WHERE false";
        }

        return $"SELECT * FROM (VALUES {string.Join(", ", rows.Select(row => $"({string.Join(", ", row)})"))}) t({names})";
    }

    static Gen<string> Texts(DeltaType type) => type switch
    {
        DecimalType number => DecimalTexts(number),
        ArrayType array => ConstantOf(array.Element).ArrayOf(2).Select(elements => $"[{string.Join(", ", elements)}]"),
        StructType nested => RowOf(nested).Select(values => StructText(nested, values)),
        MapType map => ConstantOf(map.Value).Select(value => $"MAP {{'k''1': {value}}}"),
        _ => PrimitiveTexts(type.ToString()),
    };

    static string StructText(StructType type, string[] values) =>
        $"{{{string.Join(", ", type.Fields.Zip(values, (field, value) => $"{Sql.Name(field.Name)}: {value}"))}}}";

    static Gen<string> PrimitiveTexts(string type) => type switch
    {
        "string" => Gen.Elements(s_texts).Select(Sql.Literal),
        "long" => Whole(long.MinValue, long.MaxValue),
        "integer" => Whole(int.MinValue, int.MaxValue),
        "short" => Whole(short.MinValue, short.MaxValue),
        "byte" => Whole(sbyte.MinValue, sbyte.MaxValue),
        "float" => Gen.Elements("'0.1'", "'-0.0'", "'3.4028235e38'", "'-1e-45'", "'nan'", "'inf'", "'-inf'", "'16777217'", "'2.5'"),
        "double" => Gen.Elements(
            "'0.1'", "'-0.0'", "'1.7976931348623157e308'", "'4.9e-324'", "'nan'", "'inf'", "'-inf'", "'-7.25'", "'2.5'"),
        "boolean" => Gen.Elements("true", "false"),
        "binary" => Gen.Elements("'\\x00\\xFF'", "''", "'abc'"),
        "date" => Gen.Elements("'0001-01-01'", "'1582-10-04'", "'1969-12-31'", "'2020-02-29'", "'9999-12-31'"),
        _ => Gen.Elements(
            "'0001-01-01 00:00:00'", "'1969-12-31 23:59:59.999999'", "'1970-01-01 00:00:00.000001'", "'2020-02-29 12:00:00.001'",
            "'2020-02-29 12:00:00.0015'", "'9999-12-31 23:59:59.999999'"),
    };

    static Gen<string> Whole(long min, long max) => Gen.OneOf(
        Gen.Elements(min, max, 0L, -1L, 1L),
        Gen.Choose(-100, 100).Select(value => (long)value)).Select(value => $"'{value}'");

    static Gen<string> DecimalTexts(DecimalType type)
    {
        var digits = new string('9', type.Precision);
        var largest = digits[..(type.Precision - type.Scale)] + (type.Scale > 0 ? "." + digits[..type.Scale] : "");
        return Gen.OneOf(Gen.Elements($"'{largest}'", $"'-{largest}'", "'0'", "'-1'"), Gen.Choose(-99, 99).Select(value => $"'{value}'"));
    }
}
