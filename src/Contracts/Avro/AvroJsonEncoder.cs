using System.Text.Json;

namespace Kafka.Stock.Contracts;

/// <summary>Walks a schema and bytes, and writes JSON.</summary>
static class AvroJsonEncoder
{
    public static void Write(AvroSchema schema, ref AvroReader reader, Utf8JsonWriter json, int depth)
    {
        if (depth > AvroJson.MaxValueDepth)
        {
            AvroDefect.Throw(reader.Offset, "values nested deeper", $"at most {AvroJson.MaxValueDepth} levels");
        }

        switch (schema.Kind)
        {
            case AvroKind.Null: json.WriteNullValue(); break;
            case AvroKind.Boolean: json.WriteBooleanValue(reader.ReadBoolean()); break;
            case AvroKind.Int: json.WriteNumberValue(reader.ReadInt()); break;
            case AvroKind.Long: json.WriteNumberValue(reader.ReadLong()); break;
            case AvroKind.Float: WriteFloat(reader.ReadFloat(), json); break;
            case AvroKind.Double: WriteDouble(reader.ReadDouble(), json); break;
            case AvroKind.Bytes: WriteBytes(reader.ReadBytes(), json); break;
            case AvroKind.Fixed: WriteBytes(reader.ReadFixed(schema.Size), json); break;
            case AvroKind.String: json.WriteStringValue(reader.ReadUtf8()); break;
            case AvroKind.Enum: json.WriteStringValue(schema.Symbols[reader.ReadEnum(schema.Symbols.Count)]); break;
            case AvroKind.Array: WriteArray(schema.Items!, ref reader, json, depth); break;
            case AvroKind.Map: WriteMap(schema.Items!, ref reader, json, depth); break;
            case AvroKind.Union: WriteUnion(schema, ref reader, json, depth); break;
            case AvroKind.Record: WriteRecord(schema, ref reader, json, depth); break;
            default: throw new ArgumentException($"found {schema.Kind}; expected a kind of Avro", nameof(schema));
        }
    }

    static void WriteRecord(AvroSchema schema, ref AvroReader reader, Utf8JsonWriter json, int depth)
    {
        json.WriteStartObject();
        foreach (var field in schema.Fields)
        {
            json.WritePropertyName(field.Name);
            Write(field.Schema, ref reader, json, depth + 1);
        }

        json.WriteEndObject();
    }

    static void WriteArray(AvroSchema items, ref AvroReader reader, Utf8JsonWriter json, int depth)
    {
        json.WriteStartArray();
        while (reader.ReadBlock(items.MinBytes) is var count and > 0)
        {
            for (; count > 0; count--) Write(items, ref reader, json, depth + 1);
        }

        json.WriteEndArray();
    }

    static void WriteMap(AvroSchema values, ref AvroReader reader, Utf8JsonWriter json, int depth)
    {
        json.WriteStartObject();
        while (reader.ReadBlock(1 + values.MinBytes) is var count and > 0)
        {
            for (; count > 0; count--)
            {
                json.WritePropertyName(reader.ReadUtf8());
                Write(values, ref reader, json, depth + 1);
            }
        }

        json.WriteEndObject();
    }

    static void WriteUnion(AvroSchema schema, ref AvroReader reader, Utf8JsonWriter json, int depth)
    {
        var branch = schema.Branches[reader.ReadUnion(schema.Branches.Count)];
        if (branch.Kind == AvroKind.Null)
        {
            json.WriteNullValue();
            return;
        }

        json.WriteStartObject();
        json.WritePropertyName(branch.FullName);
        Write(branch, ref reader, json, depth + 1);
        json.WriteEndObject();
    }

    static void WriteFloat(float value, Utf8JsonWriter json)
    {
        if (float.IsFinite(value)) json.WriteNumberValue(value);
        else json.WriteStringValue(NameOf(value));
    }

    static void WriteDouble(double value, Utf8JsonWriter json)
    {
        if (double.IsFinite(value)) json.WriteNumberValue(value);
        else json.WriteStringValue(NameOf(value));
    }

    static string NameOf(double value) => double.IsNaN(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity";

    static void WriteBytes(ReadOnlySpan<byte> bytes, Utf8JsonWriter json) =>
        json.WriteStringValue(System.Text.Encoding.Latin1.GetString(bytes));
}
