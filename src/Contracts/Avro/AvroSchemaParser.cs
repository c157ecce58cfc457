using System.Buffers;
using System.Text.Json;

namespace Kafka.Stock.Contracts;

/// <summary>Reads the JSON of a schema. Every refusal names the JSON path.</summary>
sealed class AvroSchemaParser
{
    /// <summary>A type takes up to three levels of JSON: record, list of fields, field.</summary>
    const int MaxJsonDepth = 3 * AvroSchema.MaxDepth;

    /// <summary>Longest name with its namespace, characters.</summary>
    const int MaxNameChars = 1_024;

    /// <summary>The most characters of all full names: a short text can give a long namespace to a great many of them.</summary>
    const int MaxAllNamesChars = 16 << 20;

    readonly Dictionary<string, AvroSchema> _named = [];
    readonly List<AvroField> _withDefault = [];
    int _namesChars;

    AvroSchemaParser()
    {
    }

    /// <summary>Parses a whole schema, then checks its defaults, which may speak of types named later.</summary>
    public static AvroSchema Parse(string json)
    {
        if (json.Length > AvroSchema.MaxTextBytes) throw Broken("$", $"{json.Length} characters", $"at most {AvroSchema.MaxTextBytes}");
        using var document = AvroJsonDecoder.Parse(json, MaxJsonDepth);
        var parser = new AvroSchemaParser();
        var schema = parser.ParseType(document.RootElement, "$", "", depth: 0);
        var rules = new AvroJsonDecoder.Rules(isDefault: true);
        foreach (var field in parser._withDefault) SetDefault(field, rules);
        return schema;
    }

    AvroSchema ParseType(JsonElement type, string path, string enclosing, int depth)
    {
        if (depth > AvroSchema.MaxDepth) throw Broken(path, "more nesting", $"at most {AvroSchema.MaxDepth} types within each other");
        return type.ValueKind switch
        {
            JsonValueKind.String => Named(Text(type, path), path, enclosing),
            JsonValueKind.Array => ParseUnion(type, path, enclosing, depth),
            JsonValueKind.Object => ParseObject(type, path, enclosing, depth),
            _ => throw Broken(path, Show(type), "a type: a name, an object, or a list of types"),
        };
    }

    AvroSchema Named(string name, string path, string enclosing)
    {
        if (AvroName.TryPrimitive(name, out var kind)) return new AvroSchema(kind, name);
        var isKnown = _named.TryGetValue(AvroName.Resolve(Short(name, path), enclosing), out var schema)
            || _named.TryGetValue(name, out schema);
        if (!isKnown) throw Broken(path, $"'{name}'", "a primitive type, or a type named before");
        CountName(schema!.FullName, path);
        return schema;
    }

    AvroSchema ParseUnion(JsonElement types, string path, string enclosing, int depth)
    {
        var branches = new List<AvroSchema>();
        var seen = new HashSet<string>();
        foreach (var type in types.EnumerateArray())
        {
            var at = $"{path}[{branches.Count}]";
            var branch = ParseType(type, at, enclosing, depth + 1);
            if (branch.Kind == AvroKind.Union) throw Broken(at, "a union", "a type that isn't a union itself");
            if (!seen.Add(branch.FullName)) throw Broken(at, $"a second '{branch.FullName}'", "each type once in a union");
            branches.Add(branch);
        }

        return new AvroSchema(AvroKind.Union, "union") { Branches = branches };
    }

    AvroSchema ParseObject(JsonElement json, string path, string enclosing, int depth)
    {
        if (!json.TryGetProperty("type", out var type)) throw Broken(path, "an object without 'type'", "a type");
        if (type.ValueKind != JsonValueKind.String) return ParseType(type, $"{path}.type", enclosing, depth + 1);
        var name = Text(type, $"{path}.type");
        return name switch
        {
            "record" or "error" => ParseRecord(json, path, enclosing, depth),
            "enum" => ParseEnum(json, path, enclosing),
            "fixed" => ParseFixed(json, path, enclosing),
            "array" => new AvroSchema(AvroKind.Array, name) { Items = ParseItems("items") },
            "map" => new AvroSchema(AvroKind.Map, name) { Items = ParseItems("values") },
            _ when AvroName.TryPrimitive(name, out var kind) => ParsePrimitive(json, kind, name),
            _ => Named(name, $"{path}.type", enclosing),
        };

        AvroSchema ParseItems(string property) => ParseType(Required(json, property, path), $"{path}.{property}", enclosing, depth + 1);
    }

    static AvroSchema ParsePrimitive(JsonElement json, AvroKind kind, string name)
    {
        var (logical, precision, scale) = AvroLogicalTypes.Of(json, kind, size: int.MaxValue);
        return new AvroSchema(kind, name) { LogicalType = logical, Precision = precision, Scale = scale };
    }

    AvroSchema ParseRecord(JsonElement json, string path, string enclosing, int depth)
    {
        var name = FullName(json, path, enclosing);
        var schema = new AvroSchema(AvroKind.Record, name)
        {
            Doc = Doc(json, path),
            Aliases = Aliases(json, path, AvroName.NamespaceOf(name)),
        };
        Define(schema, path);
        var list = Required(json, "fields", path);
        if (list.ValueKind != JsonValueKind.Array) throw Broken($"{path}.fields", Show(list), "a list of fields");
        var fields = new List<AvroField>();
        var seen = new HashSet<string>();
        foreach (var field in list.EnumerateArray())
        {
            var at = $"{path}.fields[{fields.Count}]";
            fields.Add(ParseField(field, at, AvroName.NamespaceOf(name), depth));
            if (!seen.Add(fields[^1].Name)) throw Broken($"{at}.name", $"a second '{fields[^1].Name}'", "each field once");
        }

        schema.Fields = fields;
        return schema;
    }

    AvroField ParseField(JsonElement json, string path, string enclosing, int depth)
    {
        if (json.ValueKind != JsonValueKind.Object) throw Broken(path, Show(json), "a field");
        var name = Text(Required(json, "name", path), $"{path}.name");
        if (!AvroName.IsSimple(Short(name, $"{path}.name")))
        {
            throw Broken($"{path}.name", $"'{name}'", "letters, digits and underscores, no digit first");
        }

        var field = new AvroField(name, ParseType(Required(json, "type", path), $"{path}.type", enclosing, depth + 1))
        {
            Doc = Doc(json, path),
            Aliases = Aliases(json, path, ""),
            DefaultJson = json.TryGetProperty("default", out var value) ? value.GetRawText() : null,
            Path = path,
        };
        if (field.DefaultJson is not null) _withDefault.Add(field);
        return field;
    }

    AvroSchema ParseEnum(JsonElement json, string path, string enclosing)
    {
        var symbols = Texts(Required(json, "symbols", path), $"{path}.symbols");
        for (var i = 0; i < symbols.Length; i++)
        {
            if (!AvroName.IsSimple(symbols[i]))
            {
                throw Broken($"{path}.symbols[{i}]", $"'{symbols[i]}'", "letters, digits and underscores, no digit first");
            }
        }

        if (symbols.Distinct().Count() < symbols.Length) throw Broken($"{path}.symbols", "a symbol twice", "each symbol once");
        var name = FullName(json, path, enclosing);
        var standIn = json.TryGetProperty("default", out var value) ? Text(value, $"{path}.default") : null;
        if (standIn is not null && !symbols.Contains(standIn)) throw Broken($"{path}.default", $"'{standIn}'", "one of the symbols");
        var schema = new AvroSchema(AvroKind.Enum, name)
        {
            Doc = Doc(json, path),
            Aliases = Aliases(json, path, AvroName.NamespaceOf(name)),
            Symbols = symbols,
            DefaultSymbol = standIn,
        };
        Define(schema, path);
        return schema;
    }

    AvroSchema ParseFixed(JsonElement json, string path, string enclosing)
    {
        var element = Required(json, "size", path);
        if (element.ValueKind != JsonValueKind.Number || !element.TryGetInt32(out var size) || size < 0)
        {
            throw Broken($"{path}.size", Show(element), "a number of bytes, at least 0");
        }

        var name = FullName(json, path, enclosing);
        var (logical, precision, scale) = AvroLogicalTypes.Of(json, AvroKind.Fixed, size);
        var schema = new AvroSchema(AvroKind.Fixed, name)
        {
            Doc = Doc(json, path),
            Aliases = Aliases(json, path, AvroName.NamespaceOf(name)),
            Size = size,
            LogicalType = logical,
            Precision = precision,
            Scale = scale,
        };
        Define(schema, path);
        return schema;
    }

    void Define(AvroSchema schema, string path)
    {
        if (AvroName.TryPrimitive(schema.FullName, out _))
        {
            throw Broken($"{path}.name", $"'{schema.FullName}'", "a name that isn't a primitive type's");
        }

        if (!_named.TryAdd(schema.FullName, schema)) throw Broken($"{path}.name", $"a second '{schema.FullName}'", "each name once");
    }

    /// <summary>Encodes the default: that checks it, and is what a reader needs of it.</summary>
    static void SetDefault(AvroField field, AvroJsonDecoder.Rules rules)
    {
        using var json = AvroJsonDecoder.Parse(field.DefaultJson!, MaxJsonDepth);
        var body = new ArrayBufferWriter<byte>();
        var writer = new AvroWriter(body);
        AvroJsonDecoder.Write(field.Schema, json.RootElement, ref writer, rules, AvroPath.Root.Then($"{field.Path[1..]}.default"));
        writer.Flush();
        field.DefaultBody = body.WrittenMemory;
    }

    string FullName(JsonElement json, string path, string enclosing)
    {
        var name = Short(Text(Required(json, "name", path), $"{path}.name"), $"{path}.name");
        if (!AvroName.IsFull(name)) throw Broken($"{path}.name", $"'{name}'", "letters, digits and underscores, no digit first");
        if (name.Contains('.') || !json.TryGetProperty("namespace", out var space))
        {
            return CountName(AvroName.Resolve(name, enclosing), $"{path}.name");
        }

        var within = space.ValueKind == JsonValueKind.Null ? "" : Short(Text(space, $"{path}.namespace"), $"{path}.namespace");
        if (within.Length > 0 && !AvroName.IsFull(within)) throw Broken($"{path}.namespace", $"'{within}'", "names with dots between");
        return CountName(AvroName.Resolve(name, within), $"{path}.name");
    }

    static string Short(string name, string path) =>
        name.Length <= MaxNameChars ? name : throw Broken(path, $"a name of {name.Length} characters", $"at most {MaxNameChars}");

    string CountName(string fullName, string path)
    {
        _namesChars += Short(fullName, path).Length;
        return _namesChars <= MaxAllNamesChars
            ? fullName
            : throw Broken(path, "full names beyond measure", $"at most {MaxAllNamesChars} characters of them");
    }

    string[] Aliases(JsonElement json, string path, string enclosing) => json.TryGetProperty("aliases", out var aliases)
        ? Array.ConvertAll(
            Texts(aliases, $"{path}.aliases"),
            alias => CountName(AvroName.Resolve(Short(alias, $"{path}.aliases"), enclosing), $"{path}.aliases"))
        : [];

    static string[] Texts(JsonElement list, string path) => list.ValueKind == JsonValueKind.Array
        ? [.. list.EnumerateArray().Select((item, i) => Text(item, $"{path}[{i}]"))]
        : throw Broken(path, Show(list), "a list of strings");

    static string Doc(JsonElement json, string path) =>
        json.TryGetProperty("doc", out var doc) && doc.ValueKind == JsonValueKind.String ? Text(doc, $"{path}.doc") : "";

    static JsonElement Required(JsonElement json, string name, string path) =>
        json.TryGetProperty(name, out var value) ? value : throw Broken(path, $"no '{name}'", $"'{name}'");

    static string Text(JsonElement json, string path)
    {
        if (json.ValueKind == JsonValueKind.String && AvroJsonDecoder.TryGetText(json, out var text)) return text;
        throw Broken(path, Show(json), "a string");
    }

    static string Show(JsonElement json) => json.GetRawText() is { Length: > 40 } text ? text[..40] + "…" : json.GetRawText();

    static BrokenInputException Broken(string path, string found, string expected) => new(path, found, expected);
}
