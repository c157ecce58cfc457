using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Kafka.Stock.Contracts;

/// <summary>Walks a schema and JSON, and writes bytes.</summary>
static class AvroJsonDecoder
{
    /// <summary>The most fields that defaults may fill in within one schema: records within records double them at each level.</summary>
    const int MaxFilled = 20_000;

    /// <summary>The most characters and properties that defaults of unions may be compared by: branches times items otherwise.</summary>
    const long MaxCompared = 50_000_000;

    /// <summary>Fields up to which a property is looked up by going through the object.</summary>
    const int FewFields = 16;

    /// <summary>How JSON says which branch of a union it means, and whether a field may be missing.</summary>
    /// <param name="isDefault">False for the JSON encoding: an object of one property, called as the branch; every field there.
    /// True for a field's default: the first branch that it fits; what is missing is filled in by its own default.</param>
    internal sealed class Rules(bool isDefault)
    {
        int _filled;
        long _compared;

        public bool IsDefault { get; } = isDefault;

        public void CountCompared(long cost, AvroPath path)
        {
            if ((_compared += cost) > MaxCompared)
            {
                throw new BrokenInputException(path.ToString(), "defaults of unions beyond measure", $"at most {MaxCompared} comparisons");
            }
        }

        public void CountFilled(AvroPath path)
        {
            if (++_filled > MaxFilled)
            {
                throw new BrokenInputException(path.ToString(), "defaults within defaults", $"at most {MaxFilled} fields filled in");
            }
        }
    }

    /// <summary>Parses JSON text.</summary>
    /// <exception cref="BrokenInputException">It isn't JSON, or nested too deeply, or an object has a property twice.</exception>
    public static JsonDocument Parse(string json, int maxDepth)
    {
        try
        {
            return JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = maxDepth, AllowDuplicateProperties = false });
        }
        catch (Exception e) when (e is JsonException or ArgumentException or InvalidOperationException)
        {
            // The latter two: half a surrogate pair.
            throw new BrokenInputException((e as JsonException)?.Path ?? "$", e.Message, "JSON", e);
        }
    }

    /// <summary>The text of a JSON string.</summary>
    /// <returns>False when an escape makes half a surrogate pair.</returns>
    public static bool TryGetText(JsonElement json, [NotNullWhen(true)] out string? text)
    {
        text = null;
        try
        {
            text = json.GetString();
        }
        catch (InvalidOperationException)
        {
            return false;
        }

        return text is not null;
    }

    /// <summary>Writes one value.</summary>
    /// <exception cref="BrokenInputException">The JSON doesn't fit the schema.</exception>
    public static void Write(AvroSchema schema, JsonElement json, ref AvroWriter writer, Rules rules, AvroPath path, int depth = 0)
    {
        if (depth > AvroJson.MaxValueDepth)
        {
            throw new BrokenInputException(path.ToString(), "values nested deeper", $"at most {AvroJson.MaxValueDepth} levels");
        }

        switch (schema.Kind)
        {
            case AvroKind.Null when json.ValueKind == JsonValueKind.Null: break;
            case AvroKind.Boolean when json.ValueKind is JsonValueKind.True or JsonValueKind.False:
                writer.WriteBoolean(json.GetBoolean());
                break;
            case AvroKind.Int when json.ValueKind == JsonValueKind.Number && json.TryGetInt32(out var value): writer.WriteInt(value); break;
            case AvroKind.Long when json.ValueKind == JsonValueKind.Number && json.TryGetInt64(out var value):
                writer.WriteLong(value);
                break;
            case AvroKind.Float when TryGetFloat(json, out var value): writer.WriteFloat(value); break;
            case AvroKind.Double when TryGetDouble(json, out var value): writer.WriteDouble(value); break;
            case AvroKind.Bytes when TryGetBytes(json, out var bytes): writer.WriteBytes(bytes); break;
            case AvroKind.Fixed when TryGetBytes(json, out var bytes) && bytes.Length == schema.Size: writer.WriteFixed(bytes); break;
            case AvroKind.String when IsText(json, out var text): writer.WriteString(text); break;
            case AvroKind.Enum when IsText(json, out var text) && schema.IndexOfSymbol(text) is var index and >= 0:
                writer.WriteInt(index);
                break;
            case AvroKind.Array when json.ValueKind == JsonValueKind.Array: WriteArray(schema, json, ref writer, rules, path, depth); break;
            case AvroKind.Map when json.ValueKind == JsonValueKind.Object: WriteMap(schema, json, ref writer, rules, path, depth); break;
            case AvroKind.Record when json.ValueKind == JsonValueKind.Object:
                WriteRecord(schema, json, ref writer, rules, path, depth);
                break;
            case AvroKind.Union when !rules.IsDefault: WriteWrapped(schema, json, ref writer, rules, path, depth); break;
            case AvroKind.Union: WriteUnwrapped(schema, json, ref writer, rules, path, depth); break;
            default: throw Broken(schema, json, path);
        }
    }

    static void WriteArray(AvroSchema schema, JsonElement json, ref AvroWriter writer, Rules rules, AvroPath path, int depth)
    {
        var at = 0;
        writer.WriteBlock(json.GetArrayLength());
        foreach (var item in json.EnumerateArray()) Write(schema.Items!, item, ref writer, rules, path.Item(at++), depth + 1);
        writer.WriteBlocksEnd();
    }

    static void WriteMap(AvroSchema schema, JsonElement json, ref AvroWriter writer, Rules rules, AvroPath path, int depth)
    {
        writer.WriteBlock(json.EnumerateObject().Count());
        foreach (var property in json.EnumerateObject())
        {
            var key = NameOf(property, path);
            writer.WriteString(key);
            Write(schema.Items!, property.Value, ref writer, rules, path.Property(key), depth + 1);
        }

        writer.WriteBlocksEnd();
    }

    static void WriteRecord(AvroSchema schema, JsonElement json, ref AvroWriter writer, Rules rules, AvroPath path, int depth)
    {
        var properties = schema.Fields.Count > FewFields ? Properties(json, path) : null;
        foreach (var field in schema.Fields)
        {
            if (properties?.TryGetValue(field.Name, out var value) ?? json.TryGetProperty(field.Name, out value))
            {
                Write(field.Schema, value, ref writer, rules, path.Property(field.Name), depth + 1);
                continue;
            }

            if (field.DefaultJson is null || !rules.IsDefault)
            {
                throw new BrokenInputException(path.ToString(), $"no '{field.Name}'", "every field of the record");
            }

            rules.CountFilled(path);
            using var filled = JsonDocument.Parse(field.DefaultJson);
            Write(field.Schema, filled.RootElement, ref writer, rules, path.Property(field.Name), depth + 1);
        }
    }

    static void WriteWrapped(AvroSchema schema, JsonElement json, ref AvroWriter writer, Rules rules, AvroPath path, int depth)
    {
        var name = json.ValueKind == JsonValueKind.Null ? "null"
            : json.ValueKind == JsonValueKind.Object && json.EnumerateObject().Count() == 1 ? NameOf(json.EnumerateObject().First(), path)
            : throw Broken(schema, json, path);
        for (var i = 0; i < schema.Branches.Count; i++)
        {
            var branch = schema.Branches[i];
            if (branch.FullName != name && (branch.Kind == AvroKind.Null || branch.Name != name)) continue;
            var value = json.ValueKind == JsonValueKind.Null ? json : json.EnumerateObject().First().Value;
            writer.WriteInt(i);
            Write(branch, value, ref writer, rules, path.Property(name), depth + 1);
            return;
        }

        throw Broken(schema, json, path);
    }

    static void WriteUnwrapped(AvroSchema schema, JsonElement json, ref AvroWriter writer, Rules rules, AvroPath path, int depth)
    {
        for (var i = 0; i < schema.Branches.Count; i++)
        {
            rules.CountCompared(CostOfFits(schema.Branches[i], json), path);
            if (!Fits(schema.Branches[i], json)) continue;
            writer.WriteInt(i);
            Write(schema.Branches[i], json, ref writer, rules, path, depth + 1);
            return;
        }

        throw Broken(schema, json, path);
    }

    /// <summary>What <see cref="Fits"/> costs.</summary>
    static long CostOfFits(AvroSchema branch, JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.String or JsonValueKind.Number => 1 + JsonMarshal.GetRawUtf8Value(json).Length,
        JsonValueKind.Object => 1 + ((long)branch.Fields.Count * json.GetPropertyCount()),
        _ => 1,
    };

    /// <summary>Whether a value looks like one of a branch, seen from its top alone: trying whole branches would cost exponential
    /// time.</summary>
    static bool Fits(AvroSchema branch, JsonElement json) => branch.Kind switch
    {
        AvroKind.Null => json.ValueKind == JsonValueKind.Null,
        AvroKind.Boolean => json.ValueKind is JsonValueKind.True or JsonValueKind.False,
        AvroKind.Int => json.ValueKind == JsonValueKind.Number && json.TryGetInt32(out _),
        AvroKind.Long => json.ValueKind == JsonValueKind.Number && json.TryGetInt64(out _),
        AvroKind.Float => TryGetFloat(json, out _),
        AvroKind.Double => TryGetDouble(json, out _),
        AvroKind.Bytes => TryGetBytes(json, out _),
        AvroKind.Fixed => TryGetBytes(json, out var bytes) && bytes.Length == branch.Size,
        AvroKind.String => IsText(json, out _),
        AvroKind.Enum => IsText(json, out var text) && branch.IndexOfSymbol(text) >= 0,
        AvroKind.Array => json.ValueKind == JsonValueKind.Array,
        AvroKind.Map => json.ValueKind == JsonValueKind.Object,
        AvroKind.Record => json.ValueKind == JsonValueKind.Object
            && branch.Fields.All(field => field.DefaultJson is not null || json.TryGetProperty(field.Name, out _)),
        _ => false,
    };

    static Dictionary<string, JsonElement> Properties(JsonElement json, AvroPath path)
    {
        var properties = new Dictionary<string, JsonElement>();
        foreach (var property in json.EnumerateObject()) properties[NameOf(property, path)] = property.Value;
        return properties;
    }

    static string NameOf(JsonProperty property, AvroPath path)
    {
        try
        {
            return property.Name;
        }
        catch (InvalidOperationException e)
        {
            throw new BrokenInputException(path.ToString(), "half a surrogate pair in a name", "text", e);
        }
    }

    static bool IsText(JsonElement json, [NotNullWhen(true)] out string? text)
    {
        text = null;
        return json.ValueKind == JsonValueKind.String && TryGetText(json, out text);
    }

    static bool TryGetBytes(JsonElement json, out byte[] bytes)
    {
        bytes = [];
        if (!IsText(json, out var text) || text.AsSpan().ContainsAnyExceptInRange('\0', '\u00FF')) return false;
        bytes = System.Text.Encoding.Latin1.GetBytes(text);
        return true;
    }

    static bool TryGetDouble(JsonElement json, out double value)
    {
        value = 0;
        if (json.ValueKind == JsonValueKind.Number) return json.TryGetDouble(out value) && double.IsFinite(value);
        if (!IsText(json, out var text)) return false;
        value = text switch { "NaN" => double.NaN, "Infinity" => double.PositiveInfinity, "-Infinity" => double.NegativeInfinity, _ => 0 };
        return value != 0;
    }

    /// <summary>Nearest to the text: by way of a double it would be rounded twice.</summary>
    static bool TryGetFloat(JsonElement json, out float value)
    {
        value = 0;
        if (json.ValueKind == JsonValueKind.Number) return json.TryGetSingle(out value) && float.IsFinite(value);
        var named = TryGetDouble(json, out var wide);
        value = (float)wide;
        return named;
    }

    static BrokenInputException Broken(AvroSchema schema, JsonElement json, AvroPath path)
    {
        var text = json.GetRawText();
        return new(path.ToString(), text.Length > 40 ? text[..40] + "…" : text, $"a value of {schema.FullName}");
    }
}
