using Kafka.Stock.Lakehouse;

namespace Kafka.Stock.TestKit;

/// <summary>A row as one text, by expressions of either engine's SQL that are written apart and must come to the same.</summary>
/// <remarks>Texts and bytes in hexadecimal, numbers with a fraction to 18 digits (one more than a double needs), days and instants as
/// whole numbers since 1970. Null is <c>~</c>, which none of these is.</remarks>
public static class RowText
{
    const string Null = "'~'";

    /// <summary>In DuckDB's SQL.</summary>
    public static string Ours(StructType schema) =>
        string.Join(" || '|' || ", schema.Fields.Select(field => Ours(field.Type, Sql.Name(field.Name))));

    /// <summary>In ClickHouse's SQL.</summary>
    public static string Theirs(StructType schema) =>
        string.Join(" || '|' || ", schema.Fields.Select(field => Theirs(field.Type, $"`{field.Name}`")));

    static string Ours(DeltaType type, string value) => type switch
    {
        // An array that is null and one of nothing are one in ClickHouse, which has no nullable arrays; as with maps.
        ArrayType => $"coalesce({OursNotNull(type, value)}, '[]')",
        MapType => $"coalesce({OursNotNull(type, value)}, '{{}}')",
        _ => $"coalesce({OursNotNull(type, value)}, {Null})",
    };

    static string OursNotNull(DeltaType type, string value) => type switch
    {
        ArrayType array => $"'[' || array_to_string([{Ours(array.Element, "e")} for e in {value}], ',') || ']'",
        MapType map => "'{' || array_to_string(list_sort(["
            + $"{Ours(map.Key, "e.key")} || ':' || {Ours(map.Value, "e.value")} for e in map_entries({value})]), ',') || '}}'",
        // A struct that is null and one whose fields are null are one in ClickHouse, which has no nullable tuples.
        StructType nested => "'(' || " + string.Join(
            " || ',' || ", nested.Fields.Select(field => Ours(field.Type, $"({value}).{Sql.Name(field.Name)}"))) + " || ')'",
        DecimalType => $"{value}::VARCHAR",
        _ => type.ToString() switch
        {
            "string" => $"hex({value})",
            "binary" => $"hex({value})",
            "float" or "double" => $"replace(format('{{:.17e}}', {value}::DOUBLE), '-nan', 'nan')",
            "date" => $"({value} - DATE '1970-01-01')::VARCHAR",
            "timestamp" => $"epoch_us({value})::VARCHAR",
            _ => $"{value}::VARCHAR",
        },
    };

    static string Theirs(DeltaType type, string value) => type switch
    {
        ArrayType or MapType or StructType => TheirsNotNull(type, value),
        _ => $"if(isNull({value}), {Null}, {TheirsNotNull(type, $"assumeNotNull({value})")})",
    };

    static string TheirsNotNull(DeltaType type, string value) => type switch
    {
        ArrayType array => $"'[' || arrayStringConcat(arrayMap(e -> {Theirs(array.Element, "e")}, {value}), ',') || ']'",
        MapType map => "'{' || arrayStringConcat(arraySort(arrayMap((k, v) -> "
            + $"{Theirs(map.Key, "k")} || ':' || {Theirs(map.Value, "v")}, mapKeys({value}), mapValues({value}))), ',') || '}}'",
        StructType nested => "'(' || " + string.Join(
            " || ',' || ", nested.Fields.Select(field => Theirs(field.Type, $"tupleElement({value}, '{field.Name}')"))) + " || ')'",
        DecimalType number => $"toDecimalString({value}, {number.Scale})",
        _ => type.ToString() switch
        {
            "string" => $"hex({value})",
            "binary" => $"hex({value})",
            "float" or "double" => $"replaceOne(printf('%.17e', toFloat64({value})), '-nan', 'nan')",
            "date" => $"toString(toInt32({value}))",
            "timestamp" => $"toString(toUnixTimestamp64Micro({value}))",
            _ => $"toString({value})",
        },
    };
}
