using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Kafka.Stock.Contracts;

namespace Kafka.Stock.Lakehouse;

/// <summary>Delta's schema strings: JSON in a string of the table's metadata.</summary>
/// <remarks>Delta protocol, "Schema Serialization Format".</remarks>
public static class SchemaJson
{
    const string Invariants = "delta.invariants";

    static readonly ImmutableDictionary<string, PrimitiveType> s_primitives = DeltaType.Primitives.ToImmutableDictionary(type => type.Name);

    /// <summary>Reads a schema string.</summary>
    /// <param name="json">The value of <c>schemaString</c>.</param>
    /// <param name="where">For messages: the table or the file that it came from.</param>
    /// <exception cref="BrokenInputException">No JSON, or no struct.</exception>
    /// <exception cref="RefusedException">A type that reader version 1 doesn't have.</exception>
    public static StructType Read(string json, string where)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return ReadType(document.RootElement, where) as StructType
                ?? throw new BrokenInputException(where, "a schema that is no struct", "type struct with fields");
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw new BrokenInputException(where, $"a schema that can't be read ({error.Message})", "Delta's schema JSON", error);
        }
    }

    /// <summary>Writes a schema string; <see cref="Read"/> gives an equal schema back.</summary>
    public static string Write(StructType schema)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, LogJson.WriterOptions))
        {
            WriteType(json, schema);
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>Writes a schema as a JSON value where <paramref name="json"/> stands.</summary>
    public static void WriteType(Utf8JsonWriter json, DeltaType type)
    {
        switch (type)
        {
            case StructType nested:
                WriteStruct(json, nested);
                break;
            case ArrayType array:
                json.WriteStartObject();
                json.WriteString("type", "array");
                json.WritePropertyName("elementType");
                WriteType(json, array.Element);
                json.WriteBoolean("containsNull", array.ContainsNull);
                json.WriteEndObject();
                break;
            case MapType map:
                json.WriteStartObject();
                json.WriteString("type", "map");
                json.WritePropertyName("keyType");
                WriteType(json, map.Key);
                json.WritePropertyName("valueType");
                WriteType(json, map.Value);
                json.WriteBoolean("valueContainsNull", map.ValueContainsNull);
                json.WriteEndObject();
                break;
            default:
                json.WriteStringValue(type.ToString());
                break;
        }
    }

    static void WriteStruct(Utf8JsonWriter json, StructType schema)
    {
        json.WriteStartObject();
        json.WriteString("type", "struct");
        json.WriteStartArray("fields");
        foreach (var field in schema.Fields)
        {
            json.WriteStartObject();
            json.WriteString("name", field.Name);
            json.WritePropertyName("type");
            WriteType(json, field.Type);
            json.WriteBoolean("nullable", field.IsNullable);
            json.WritePropertyName("metadata");
            json.WriteRawValue(field.MetadataJson);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    static DeltaType ReadType(JsonElement json, string where) => json.ValueKind == JsonValueKind.String
        ? ReadPrimitive(json.GetString()!, where)
        : json.GetProperty("type").GetString() switch
        {
            "struct" => new StructType([.. json.GetProperty("fields").EnumerateArray().Select(field => ReadField(field, where))]),
            "array" => new ArrayType(ReadType(json.GetProperty("elementType"), where), Flag(json, "containsNull")),
            "map" => new MapType(
                ReadType(json.GetProperty("keyType"), where),
                ReadType(json.GetProperty("valueType"), where),
                Flag(json, "valueContainsNull")),
            var name => throw UnknownType(name, where),
        };

    static StructField ReadField(JsonElement json, string where)
    {
        var name = json.GetProperty("name").GetString()!;
        var type = ReadType(json.GetProperty("type"), $"{where}, column {name}");
        var metadata = json.TryGetProperty("metadata", out var found) && found.ValueKind == JsonValueKind.Object ? found : default;
        return new StructField(name, type, Flag(json, "nullable"))
        {
            MetadataJson = metadata.ValueKind == JsonValueKind.Object ? metadata.GetRawText() : "{}",
            Invariant = metadata.ValueKind == JsonValueKind.Object && metadata.TryGetProperty(Invariants, out var rule)
                ? rule.ToString()
                : null,
        };
    }

    /// <summary>Writers that leave a flag out mean that nulls are allowed.</summary>
    static bool Flag(JsonElement json, string name) => !json.TryGetProperty(name, out var found) || found.GetBoolean();

    static DeltaType ReadPrimitive(string name, string where)
    {
        if (s_primitives.TryGetValue(name, out var primitive)) return primitive;
        if (name == "decimal") return new DecimalType(10, 0);
        if (name.StartsWith("decimal(", StringComparison.Ordinal) && name.EndsWith(')'))
        {
            var parts = name["decimal(".Length..^1].Split(',');
            if (parts.Length == 2 && TryDigits(parts[0], out var precision) && TryDigits(parts[1], out var scale)
                && precision is >= 1 and <= 38 && scale <= precision)
            {
                return new DecimalType(precision, scale);
            }
        }

        throw UnknownType(name, where);
    }

    static bool TryDigits(string text, out int value) =>
        int.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out value);

    static RefusedException UnknownType(string? name, string where) =>
        new(where, $"type {name}", "a type of Delta reader version 1: "
            + string.Join(", ", DeltaType.Primitives.Select(type => type.Name)) + ", decimal(p,s), struct, array, map");
}
