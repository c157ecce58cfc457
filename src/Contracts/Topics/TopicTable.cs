using System.Text;

namespace Kafka.Stock.Contracts;

/// <summary>The topic table as a document: <c>docs/topics.md</c> is this text, compared by a test.</summary>
public static class TopicTable
{
    const string Head = """
        # Topics

        Made from `StockTopics` and `schemas/`; a test compares. Values are Avro in the registry's frame (a zero byte, the schema's
        number, the body), subjects by TopicRecordName; keys are plain UTF-8. Without a registry the numbers are those of `schemas/ids.txt`.

        | topic | key | records | cleanup | written by |
        |---|---|---|---|---|

        """;

    /// <summary>Markdown of the topics, and of the fields of every record that they carry.</summary>
    public static string ToMarkdown(IReadOnlyList<Topic> topics)
    {
        var text = new StringBuilder();
        text.Append(Head);
        foreach (var topic in topics)
        {
            var records = topic.Records.Count == 0 ? "bytes as they came" : string.Join(", ", topic.Records.Select(Link));
            text.Append($"| {topic.Name} | {topic.Key} | {records} | {topic.Cleanup} | {topic.WrittenBy} |\n");
        }

        foreach (var record in topics.SelectMany(topic => topic.Records).Distinct()) AppendRecord(text, StockSchemas.Get(record));
        return text.ToString();
    }

    static string Link(string fullName) => $"[{NameOf(fullName)}](#{NameOf(fullName).ToLowerInvariant()})";

    static string NameOf(string fullName) => fullName[(fullName.LastIndexOf('.') + 1)..];

    static void AppendRecord(StringBuilder text, AvroSchema schema)
    {
        text.Append($"\n## {schema.Name}\n\n{schema.Doc}\n");
        AppendFields(text, schema);
        foreach (var inner in InnerRecords(schema)) AppendInner(text, inner);
    }

    static void AppendInner(StringBuilder text, AvroSchema schema)
    {
        text.Append($"\n**{schema.Name}**: {schema.Doc}\n");
        AppendFields(text, schema);
    }

    static void AppendFields(StringBuilder text, AvroSchema schema)
    {
        text.Append("\n| field | type | what |\n|---|---|---|\n");
        foreach (var field in schema.Fields)
        {
            var doc = field.Doc.Replace("|", "\\|", StringComparison.Ordinal);
            text.Append($"| {field.Name} | {TypeOf(field.Schema)} | {doc} |\n");
        }
    }

    /// <summary>Records within a record, each once, in the order in which they are met.</summary>
    static List<AvroSchema> InnerRecords(AvroSchema schema)
    {
        var found = new List<AvroSchema>();
        foreach (var field in schema.Fields) Find(field.Schema, found);
        return found;
    }

    static void Find(AvroSchema schema, List<AvroSchema> found)
    {
        if (schema.Items is not null) Find(schema.Items, found);
        foreach (var branch in schema.Branches) Find(branch, found);
        if (schema.Kind != AvroKind.Record || found.Contains(schema)) return;
        found.Add(schema);
        foreach (var field in schema.Fields) Find(field.Schema, found);
    }

    static string TypeOf(AvroSchema schema) => schema.Kind switch
    {
        AvroKind.Array => $"array of {TypeOf(schema.Items!)}",
        AvroKind.Map => $"map of {TypeOf(schema.Items!)}",
        AvroKind.Union => string.Join(" or ", schema.Branches.Select(TypeOf)),
        AvroKind.Enum => string.Join(", ", schema.Symbols.Select(symbol => $"`{symbol}`")),
        AvroKind.Fixed when schema.LogicalType == AvroLogicalType.Decimal => $"decimal({schema.Precision},{schema.Scale})",
        AvroKind.Fixed => $"{schema.Size} bytes",
        AvroKind.Long when schema.LogicalType == AvroLogicalType.TimestampMicros => "timestamp-micros",
        _ => schema.Name,
    };
}
