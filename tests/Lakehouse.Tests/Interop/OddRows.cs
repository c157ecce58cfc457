using System.Globalization;

namespace Kafka.Stock.Lakehouse.Tests;

/// <summary>Rows of every type with the odd values of each, as a function of their numbers. Days and instants lie between 1900 and 2299,
/// as far as ClickHouse goes.</summary>
static class OddRows
{
    static readonly Dictionary<string, string[]> s_values = new(StringComparer.Ordinal)
    {
        ["string"] =
        [
            "'AAPL/1d/csv'", "''", "'é€😀'", "'it''s \"x\\y\"'", "chr(10) || chr(9) || chr(1)", "'NULL'",
            $"'{new string('z', 400)}'", "NULL",
        ],
        ["long"] = ["0", "9223372036854775807", "-9223372036854775808", "-1", "NULL"],
        ["integer"] = ["0", "2147483647", "-2147483648", "7", "NULL"],
        ["short"] = ["0", "32767", "-32768", "NULL"],
        ["byte"] = ["0", "127", "-128", "NULL"],
        ["float"] = ["0.1", "'-0.0'", "3.4028235e38", "1e-45", "'nan'", "'-inf'", "16777217", "NULL"],
        ["double"] = ["0.1", "'-0.0'", "1.7976931348623157e308", "4.9e-324", "'nan'", "'inf'", "-7.25", "NULL"],
        ["boolean"] = ["true", "false", "NULL"],
        ["binary"] = ["'\\x00\\xFF'", "''", "'abc'", "NULL"],
        ["date"] = ["'1970-01-01'", "'1900-01-01'", "'2299-12-31'", "'1969-12-31'", "'2020-02-29'", "NULL"],
        ["timestamp"] =
        [
            "'1970-01-01 00:00:00.000001'", "'1900-01-01 00:00:00'", "'2262-04-11 23:47:16.854775'", "'1969-12-31 23:59:59.999999'",
            "'2020-02-29 12:00:00.0015'", "NULL",
        ],
    };

    /// <summary>Texts that make a path hard.</summary>
    static readonly string[] s_symbols =
        ["BRK/B", "a b", "x%20y", "é€😀", "it's", "k=v", "c:d", "?#[]*", "\"{}\\", "__HIVE_DEFAULT_PARTITION__x", ".", "+1", "\n\u0001"];

    /// <summary>A SELECT of rows of a schema without partition columns.</summary>
    public static string Select(StructType schema, int first, int count)
    {
        var rows = Enumerable.Range(first, count).Select(row => schema.Fields.Select((field, column) => Value(field.Type, row, column)));
        var names = schema.Fields.Select(field => Sql.Name(field.Name));
        var values = rows.Select(row => $"({string.Join(", ", row)})");
        return $"SELECT * FROM (VALUES {string.Join(", ", values)}) t({string.Join(", ", names)})";
    }

    /// <summary>The values of the partition columns of commit <paramref name="commit"/>: symbol, day, price, instant, truth.</summary>
    public static string Partition(int commit)
    {
        var symbol = (commit % 15) switch
        {
            13 => "NULL",
            14 => "''",
            var number => Sql.Literal(s_symbols[number]),
        };
        var level = commit % 4 == 3 ? "NULL" : $"-{Number(commit)}.000001";
        return $"{symbol} AS symbol, {Of("date", commit)} AS day, {level}::DECIMAL(18, 6) AS level, "
            + $"{Of("timestamp", commit)} AS at, {Of("boolean", commit)} AS flag, {Of("long", commit)} AS id";
    }

    static string Of(string type, int number)
    {
        var primitive = DeltaType.Primitives.First(one => one.ToString() == type);
        return $"CAST({s_values[type][number % s_values[type].Length]} AS {ParquetType.SqlOf(primitive)})";
    }

    static string Value(DeltaType type, int row, int column)
    {
        var number = row + (column * 3);
        return type switch
        {
            DecimalType one => $"CAST({(number % 5 == 4 ? "NULL" : DecimalText(one, number))} AS {ParquetType.SqlOf(type)})",
            ArrayType one => $"[{Value(one.Element, row, column)}, {Value(one.Element, row + 1, column)}]",
            MapType one => $"MAP {{'k''1': {Value(one.Value, row, column)}, 'b': {Value(one.Value, row + 1, column)}}}",
            StructType one => StructOf(one, row, column),
            _ => Of(type.ToString(), number),
        };
    }

    static string StructOf(StructType type, int row, int column)
    {
        var fields = type.Fields.Select((field, i) => $"{Sql.Name(field.Name)}: {Value(field.Type, row, column + i)}");
        return $"{{{string.Join(", ", fields)}}}";
    }

    static string DecimalText(DecimalType type, int number)
    {
        var digits = new string('9', type.Precision);
        var largest = digits[..(type.Precision - type.Scale)] + (type.Scale > 0 ? "." + digits[..type.Scale] : "");
        return (number % 5) switch { 0 => $"'{largest}'", 1 => $"'-{largest}'", 2 => "'0'", _ => $"'{Number(number % 90)}'" };
    }

    static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
