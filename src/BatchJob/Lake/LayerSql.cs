using System.Globalization;
using System.Text;
using Kafka.Stock.Lakehouse;

namespace Kafka.Stock.BatchJob;

/// <summary>Statements of a rebuild.</summary>
static class LayerSql
{
    /// <summary>Records after the offsets that were folded.</summary>
    public static string After(IReadOnlyDictionary<(string Topic, int Partition), long> offsets)
    {
        if (offsets.Count == 0) return "true";
        var text = new StringBuilder("\"offset\" > CASE");
        foreach (var ((topic, partition), offset) in offsets)
        {
            text.Append(CultureInfo.InvariantCulture, $" WHEN topic = {Sql.Literal(topic)} AND partition = {partition} THEN {offset}");
        }

        return text.Append(" ELSE -1 END").ToString();
    }

    /// <summary>Rows of all stages.</summary>
    public static string Union(IEnumerable<string> tables) => string.Join(" UNION ALL ", tables.Select(table => $"SELECT * FROM {table}"));

    /// <summary>A layer's rows in order: those of the stages, and the old ones that these don't replace.</summary>
    public static string Layer(TableDefinition definition, string stages, string? old, string key)
    {
        var columns = string.Join(", ", definition.Schema.Fields.Select(field => Sql.Name(field.Name)));
        var rows = old is null
            ? $"SELECT {columns} FROM ({stages})"
            : $"""
               SELECT {columns} FROM ({stages}) UNION ALL
               SELECT {columns} FROM {old} AS old WHERE NOT EXISTS (
                   SELECT 1 FROM ({stages}) AS new WHERE {string.Join(" AND ", key.Split(", ").Select(name => $"new.{name} = old.{name}"))})
               """;
        return $"SELECT * FROM ({rows}) ORDER BY {key}";
    }
}
