using System.Globalization;
using System.Text;

namespace Kafka.Stock.Contracts;

/// <summary>Writes the Parsing Canonical Form: full names, no namespaces, only what a reader needs, in a fixed order.</summary>
/// <remarks>Apache Avro 1.12 specification, "Transforming into Parsing Canonical Form". Names are ASCII, so nothing needs
/// escaping.</remarks>
static class AvroCanonicalForm
{
    public static string Of(AvroSchema schema)
    {
        var text = new StringBuilder();
        Write(schema, text, []);
        return text.ToString();
    }

    static void Write(AvroSchema schema, StringBuilder text, HashSet<string> written)
    {
        if (schema.IsNamed && !written.Add(schema.FullName))
        {
            text.Append('"').Append(schema.FullName).Append('"');
            return;
        }

        switch (schema.Kind)
        {
            case AvroKind.Record: WriteRecord(schema, text, written); break;
            case AvroKind.Enum:
                WriteHead(schema, "enum", text).Append(",\"symbols\":[");
                WriteList(schema.Symbols, text, symbol => text.Append('"').Append(symbol).Append('"'));
                text.Append("]}");
                break;
            case AvroKind.Fixed:
                WriteHead(schema, "fixed", text).Append(CultureInfo.InvariantCulture, $",\"size\":{schema.Size}}}");
                break;
            case AvroKind.Array:
            case AvroKind.Map:
                text.Append(schema.Kind == AvroKind.Array ? "{\"type\":\"array\",\"items\":" : "{\"type\":\"map\",\"values\":");
                Write(schema.Items!, text, written);
                text.Append('}');
                break;
            case AvroKind.Union:
                text.Append('[');
                WriteList(schema.Branches, text, branch => Write(branch, text, written));
                text.Append(']');
                break;
            default: text.Append('"').Append(schema.FullName).Append('"'); break;
        }
    }

    static void WriteRecord(AvroSchema schema, StringBuilder text, HashSet<string> written)
    {
        WriteHead(schema, "record", text).Append(",\"fields\":[");
        WriteList(schema.Fields, text, field =>
        {
            text.Append("{\"name\":\"").Append(field.Name).Append("\",\"type\":");
            Write(field.Schema, text, written);
            text.Append('}');
        });
        text.Append("]}");
    }

    static StringBuilder WriteHead(AvroSchema schema, string type, StringBuilder text) =>
        text.Append("{\"name\":\"").Append(schema.FullName).Append("\",\"type\":\"").Append(type).Append('"');

    static void WriteList<TItem>(IReadOnlyList<TItem> items, StringBuilder text, Action<TItem> write)
    {
        for (var i = 0; i < items.Count; i++)
        {
            if (i > 0) text.Append(',');
            write(items[i]);
        }
    }
}
