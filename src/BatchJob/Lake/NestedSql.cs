using Kafka.Stock.Lakehouse;

namespace Kafka.Stock.BatchJob;

/// <summary>SQL that makes a nested column from JSON without a number losing a bit.</summary>
/// <remarks>JSON has instants as µs and floats as doubles, so both are turned here.</remarks>
static class NestedSql
{
    /// <summary>The structure that <c>from_json</c> is given for an array of structs, or for a type within.</summary>
    static string JsonOf(StructType type) =>
        $"[{{{string.Join(',', type.Fields.Select(field => $"\"{field.Name}\":{TypeOf(field.Type)}"))}}}]";

    /// <summary>An expression of a list of structs from a column that has it as JSON.</summary>
    public static string List(StructType type, string column) =>
        $"[{Struct(type, "one")} FOR one IN from_json({Sql.Name(column)}, '{JsonOf(type)}')]";

    /// <summary>An expression of the struct from one that has JSON's types.</summary>
    /// <param name="type">The struct.</param>
    /// <param name="from">The expression.</param>
    /// <param name="depth">Structs around it: names the variables.</param>
    static string Struct(StructType type, string from, int depth = 0)
    {
        var fields = type.Fields.Select(field => $"'{field.Name}': {Value(field.Type, $"{from}.{Sql.Name(field.Name)}", depth)}");
        return $"{{{string.Join(", ", fields)}}}";
    }

    static string TypeOf(DeltaType type) => type switch
    {
        ArrayType { Element: StructType element } => JsonOf(element),
        ArrayType array => $"[{TypeOf(array.Element)}]",
        _ when type == DeltaType.Timestamp => "\"BIGINT\"",
        _ when type == DeltaType.Float32 => "\"DOUBLE\"",
        _ => $"\"{ParquetType.SqlOf(type)}\"",
    };

    static string Value(DeltaType type, string from, int depth) => type switch
    {
        ArrayType { Element: StructType element } => $"[{Struct(element, $"inner{depth}", depth + 1)} FOR inner{depth} IN {from}]",
        ArrayType { Element: var element } when element == DeltaType.Float32 => $"{from}::FLOAT[]",
        _ when type == DeltaType.Timestamp => $"make_timestamptz({from})",
        _ => from,
    };
}
