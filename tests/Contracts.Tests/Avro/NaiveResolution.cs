using System.Text;
using System.Text.Json.Nodes;

namespace Kafka.Stock.Contracts.Tests;

/// <summary>Schema resolution as the specification tells it, value by value over JSON, with no plan and no bytes: slow, and the other
/// opinion.</summary>
static class NaiveResolution
{
    static readonly UTF8Encoding s_strict = new(false, throwOnInvalidBytes: true);

    /// <summary>Whether the reader reads everything that the writer's schema allows; a pair within itself is taken for sound.</summary>
    public static bool IsCompatible(AvroSchema writer, AvroSchema reader) => IsCompatible(writer, reader, []);

    /// <summary>The value as the reader sees it, in Avro's JSON encoding.</summary>
    /// <exception cref="InvalidDataException">The reader's schema can't say it.</exception>
    public static JsonNode? Read(AvroSchema writer, AvroSchema reader, JsonNode? value)
    {
        if (writer.Kind == AvroKind.Union)
        {
            var name = value is null ? "null" : value.AsObject().Single().Key;
            return Read(writer.Branches.Single(branch => branch.FullName == name), reader, value?.AsObject().Single().Value);
        }

        if (reader.Kind == AvroKind.Union)
        {
            var branch = Pick(writer, reader) ?? throw new InvalidDataException("no branch");
            var inner = Read(writer, branch, value);
            return branch.Kind == AvroKind.Null ? null : new JsonObject { [branch.FullName] = inner };
        }

        if (!IsSame(writer, reader)) return Promote(writer.Kind, reader.Kind, value);
        return writer.Kind switch
        {
            AvroKind.Record => new JsonObject(reader.Fields.Select(field => KeyValuePair.Create(field.Name, Field(writer, field, value!)))),
            AvroKind.Array => new JsonArray([.. value!.AsArray().Select(item => Read(writer.Items!, reader.Items!, item))]),
            AvroKind.Map => new JsonObject(value!.AsObject()
                .Select(item => KeyValuePair.Create(item.Key, Read(writer.Items!, reader.Items!, item.Value)))),
            AvroKind.Enum when reader.Symbols.Contains((string)value!) => value!.DeepClone(),
            AvroKind.Enum => reader.DefaultSymbol ?? throw new InvalidDataException("no symbol"),
            _ => value?.DeepClone(),
        };
    }

    static bool IsCompatible(AvroSchema writer, AvroSchema reader, HashSet<(AvroSchema, AvroSchema)> within)
    {
        if (!within.Add((writer, reader))) return true;
        if (writer.Kind == AvroKind.Union) return writer.Branches.All(branch => IsCompatible(branch, reader, within));
        if (reader.Kind == AvroKind.Union) return reader.Branches.Any(branch => IsCompatible(writer, branch, [.. within]));
        if (!IsSame(writer, reader)) return IsPromoted(writer.Kind, reader.Kind);
        return writer.Kind switch
        {
            AvroKind.Record => reader.Fields.All(field => SourceOf(writer, field) is { } source
                ? IsCompatible(source.Schema, field.Schema, within)
                : field.DefaultJson is not null),
            AvroKind.Array or AvroKind.Map => IsCompatible(writer.Items!, reader.Items!, within),
            AvroKind.Enum => reader.DefaultSymbol is not null || writer.Symbols.All(reader.Symbols.Contains),
            _ => true,
        };
    }

    static AvroSchema? Pick(AvroSchema writer, AvroSchema reader)
    {
        var same = reader.Branches.Where(branch => branch.Kind == writer.Kind && branch.FullName == writer.FullName)
            .Concat(reader.Branches.Where(branch => IsSameName(writer, branch)))
            .Concat(reader.Branches.Where(branch => IsPromoted(writer.Kind, branch.Kind))).ToList();
        return same.Find(branch => IsCompatible(writer, branch)) ?? same.FirstOrDefault();
    }

    static bool IsSameName(AvroSchema writer, AvroSchema reader) => writer.Kind == reader.Kind
        && (!writer.IsNamed || writer.Name == reader.Name
            || reader.Aliases.Contains(writer.FullName) || reader.Aliases.Contains(writer.Name));

    static bool IsSame(AvroSchema writer, AvroSchema reader) => IsSameName(writer, reader) && writer.Size == reader.Size;

    static AvroField? SourceOf(AvroSchema writer, AvroField field) =>
        writer.Fields.FirstOrDefault(source => source.Name == field.Name)
        ?? field.Aliases.Select(alias => writer.Fields.FirstOrDefault(source => source.Name == alias))
            .FirstOrDefault(source => source is not null);

    static JsonNode? Field(AvroSchema writer, AvroField field, JsonNode value)
    {
        if (SourceOf(writer, field) is { } source) return Read(source.Schema, field.Schema, value[source.Name]);
        if (field.DefaultJson is null) throw new InvalidDataException("no default");
        var standIn = JsonNode.Parse(field.DefaultJson);
        var isPlain = standIn is null || field.Schema.Kind != AvroKind.Union;
        return isPlain ? standIn : new JsonObject { [field.Schema.Branches[0].FullName] = standIn };
    }

    static bool IsPromoted(AvroKind writer, AvroKind reader) => (writer, reader) switch
    {
        (AvroKind.Int, AvroKind.Long or AvroKind.Float or AvroKind.Double) => true,
        (AvroKind.Long, AvroKind.Float or AvroKind.Double) => true,
        (AvroKind.Float, AvroKind.Double) => true,
        (AvroKind.String, AvroKind.Bytes) or (AvroKind.Bytes, AvroKind.String) => true,
        _ => false,
    };

    static JsonNode Promote(AvroKind writer, AvroKind reader, JsonNode? value)
    {
        if (!IsPromoted(writer, reader)) throw new InvalidDataException("another type");
        try
        {
            return reader switch
            {
                AvroKind.Long => value!.DeepClone(),
                AvroKind.Float => (float)(long)value!,
                AvroKind.Double when writer == AvroKind.Float => (double)(float)value!,
                AvroKind.Double => (double)(long)value!,
                AvroKind.Bytes => Encoding.Latin1.GetString(Encoding.UTF8.GetBytes((string)value!)),
                _ => s_strict.GetString(Encoding.Latin1.GetBytes((string)value!)),
            };
        }
        catch (DecoderFallbackException e)
        {
            throw new InvalidDataException("not UTF-8", e);
        }
    }
}
