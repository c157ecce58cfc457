using System.Text;
using System.Text.Json.Nodes;

namespace Kafka.Stock.Contracts.Tests;

/// <summary>Schemas, later versions of them, and values, all from one seed.</summary>
sealed class GeneratedSchemas(ulong seed)
{
    const int MaxDepth = 4;

    static readonly string[] s_primitives = ["null", "boolean", "int", "long", "float", "double", "bytes", "string"];
    static readonly string[] s_numbers = ["int", "long", "float", "double"];
    static readonly string[] s_texts =
        ["", "A", "ß€", "日本", "\0\"\\", "long enough to need more than one byte of length, that is 64 bytes."];

    readonly SplitMix _chance = new(seed);
    int _names;

    /// <summary>A schema of any form, with a type that speaks of itself now and then.</summary>
    public JsonNode Schema() => Type(0, isBranch: false);

    /// <summary>What a later version may look like: compatible or not.</summary>
    public JsonNode? Evolve(JsonNode? schema) => schema switch
    {
        JsonValue value when s_primitives.Contains((string)value!) => EvolvePrimitive((string)value!),
        JsonValue value => (string)value!,
        JsonArray branches => EvolveUnion(branches),
        JsonObject type => EvolveObject(type),
        _ => null,
    };

    /// <summary>A value of a schema as Avro JSON.</summary>
    public JsonNode? Value(AvroSchema schema, int depth = 0) => schema.Kind switch
    {
        AvroKind.Null => null,
        AvroKind.Boolean => _chance.Below(2) == 0,
        AvroKind.Int => (long)(int)Number(),
        AvroKind.Long => Number(),
        AvroKind.Float => (float)Number() / 8,
        AvroKind.Double => (double)Number() / 8,
        AvroKind.Bytes => Encoding.Latin1.GetString(Bytes(_chance.Below(5))),
        AvroKind.Fixed => Encoding.Latin1.GetString(Bytes(schema.Size)),
        AvroKind.String => s_texts[_chance.Below(s_texts.Length)],
        AvroKind.Enum => schema.Symbols[_chance.Below(schema.Symbols.Count)],
        AvroKind.Array => new JsonArray([.. Enumerable.Range(0, Count(depth)).Select(_ => Value(schema.Items!, depth + 1))]),
        AvroKind.Map =>
            new JsonObject(Enumerable.Range(0, Count(depth)).Select(i => KeyValuePair.Create($"k{i}ß", Value(schema.Items!, depth + 1)))),
        AvroKind.Union => Branch(schema.Branches[depth > 2 * MaxDepth ? 0 : _chance.Below(schema.Branches.Count)], depth + 1),
        _ => new JsonObject(schema.Fields.Select(field => KeyValuePair.Create(field.Name, Value(field.Schema, depth + 1)))),
    };

    int Count(int depth) => depth > 2 * MaxDepth ? 0 : _chance.Below(4);

    JsonObject? Branch(AvroSchema branch, int depth) =>
        branch.Kind == AvroKind.Null ? null : new JsonObject { [branch.FullName] = Value(branch, depth) };

    long Number() => _chance.Below(4) switch
    {
        0 => (long)_chance.Next(),
        1 => (int)_chance.Next(),
        _ => _chance.Below(200) - 100,
    };

    byte[] Bytes(int count) => [.. Enumerable.Range(0, count).Select(_ => (byte)_chance.Below(_chance.Below(2) == 0 ? 128 : 256))];

    JsonNode Type(int depth, bool isBranch) => _chance.Below(depth < MaxDepth ? 9 : 3) switch
    {
        0 or 1 => s_primitives[_chance.Below(s_primitives.Length)],
        2 => new JsonObject { ["type"] = "fixed", ["name"] = Name("F"), ["size"] = _chance.Below(5) },
        3 => new JsonObject { ["type"] = "enum", ["name"] = Name("E"), ["symbols"] = new JsonArray("A", "B", "C") },
        4 => new JsonObject { ["type"] = "array", ["items"] = Type(depth + 1, isBranch: false) },
        5 => new JsonObject { ["type"] = "map", ["values"] = Type(depth + 1, isBranch: false) },
        6 when !isBranch => Union(depth),
        _ => Record(depth),
    };

    JsonArray Union(int depth)
    {
        var branches = new JsonArray("null");
        var seen = new HashSet<string> { "null" };
        for (var i = _chance.Below(4); i >= 0; i--)
        {
            var type = Type(depth + 1, isBranch: true);
            var what = type is JsonObject json ? (string?)json["name"] ?? (string)json["type"]! : (string)type!;
            if (seen.Add(what)) branches.Add(type);
        }

        return branches;
    }

    JsonObject Record(int depth)
    {
        var name = Name("R");
        var fields = new JsonArray();
        for (var i = _chance.Below(5); i > 0; i--) fields.Add(Field($"f{i}", Type(depth + 1, isBranch: false)));
        if (_chance.Below(3) == 0) fields.Add(Field("next", new JsonArray("null", name)));
        return new JsonObject { ["type"] = "record", ["name"] = name, ["fields"] = fields };
    }

    static JsonObject Field(string name, JsonNode? type) => new() { ["name"] = name, ["type"] = type };

    string Name(string head) => $"{(_chance.Below(3) == 0 ? "space." : "")}{head}{++_names}";

    JsonNode EvolvePrimitive(string type)
    {
        if (_chance.Below(3) > 0) return type;
        if (_chance.Below(3) == 0) return new JsonArray("null", type == "null" ? "int" : type, type == "double" ? "float" : "double");
        if (type is "string" or "bytes") return type == "string" ? "bytes" : "string";
        var at = Array.IndexOf(s_numbers, type);
        return _chance.Below(4) == 0 ? "boolean" : s_numbers[Math.Max(at, _chance.Below(s_numbers.Length))];
    }

    JsonArray EvolveUnion(JsonArray branches)
    {
        var next = branches.Select(branch => branch is JsonValue ? branch.DeepClone() : Evolve(branch)).ToList();
        if (_chance.Below(2) == 0) next.Reverse();
        if (_chance.Below(4) == 0) next.RemoveAt(_chance.Below(next.Count));
        return new JsonArray([.. next]);
    }

    JsonObject EvolveObject(JsonObject type)
    {
        var next = type.DeepClone().AsObject();
        switch ((string)type["type"]!)
        {
            case "array": next["items"] = Evolve(type["items"]); break;
            case "map": next["values"] = Evolve(type["values"]); break;
            case "fixed" when _chance.Below(5) == 0: next["size"] = (int)type["size"]! + 1; break;
            case "enum":
                next["symbols"] = _chance.Below(3) switch { 0 => new JsonArray("B", "A"), 1 => ["D", "C", "B", "A"], _ => ["A", "B", "C"] };
                if (_chance.Below(2) == 0) next["default"] = "B";
                break;
            case "record": EvolveRecord(type, next); break;
            default: break;
        }

        if (next.ContainsKey("name") && _chance.Below(6) == 0)
        {
            next["aliases"] = new JsonArray((string)type["name"]!);
            next["name"] = Name("N");
        }

        return next;
    }

    void EvolveRecord(JsonObject type, JsonObject next)
    {
        var fields = new List<JsonNode?>();
        foreach (var field in type["fields"]!.AsArray())
        {
            if (_chance.Below(6) == 0) continue;
            var changed = Field((string)field!["name"]!, Evolve(field["type"]));
            if (_chance.Below(5) == 0)
            {
                changed["aliases"] = new JsonArray((string)field["name"]!);
                changed["name"] = "renamed_" + (string)field["name"]!;
            }

            fields.Insert(_chance.Below(fields.Count + 1), changed);
        }

        if (_chance.Below(3) == 0) fields.Insert(_chance.Below(fields.Count + 1), Added());
        next["fields"] = new JsonArray([.. fields]);
    }

    JsonObject Added()
    {
        var (type, standIn) = _chance.Below(5) switch
        {
            0 => ((JsonNode)"int", (JsonNode?)7),
            1 => ("string", "d"),
            2 => (new JsonArray("null", "string"), null),
            3 => (new JsonArray("double", "null"), 1.5),
            _ => (new JsonObject { ["type"] = "array", ["items"] = "long" }, new JsonArray(1, 2)),
        };
        var field = Field("added", type);
        if (_chance.Below(4) > 0) field["default"] = standIn;
        return field;
    }
}
