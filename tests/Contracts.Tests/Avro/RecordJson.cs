using System.Buffers.Binary;
using System.Collections;
using System.Text;
using System.Text.Json.Nodes;

namespace Kafka.Stock.Contracts.Tests;

/// <summary>A record as Avro JSON by reflection: the names of its properties alone say which field is which, not the code under
/// test.</summary>
static class RecordJson
{
    public static string Of(object record, AvroSchema schema) => Convert(record, schema)!.ToJsonString();

    static JsonNode? Convert(object? value, AvroSchema schema) => (schema.Kind, value) switch
    {
        (AvroKind.Union, null or "") => null,
        (AvroKind.Union, _) => new JsonObject { [schema.Branches[1].FullName] = Convert(value, schema.Branches[1]) },
        (AvroKind.Record, not null) => ConvertRecord(value, schema),
        (AvroKind.Array, IEnumerable items) => new JsonArray([.. items.Cast<object>().Select(item => Convert(item, schema.Items!))]),
        (AvroKind.Enum, Enum symbol) => symbol.ToString().ToUpperInvariant(),
        (AvroKind.Fixed, Price price) => BigEndian(price.Micros),
        (AvroKind.Fixed, string hex) => Encoding.Latin1.GetString(System.Convert.FromHexString(hex)),
        (AvroKind.Bytes, ReadOnlyMemory<byte> bytes) => Encoding.Latin1.GetString(bytes.Span),
        (AvroKind.Long, long number) => number,
        (AvroKind.Int, int number) => number,
        (AvroKind.Boolean, bool flag) => flag,
        (AvroKind.Double, double number) => number,
        (AvroKind.Float, float number) => number,
        (AvroKind.String, string text) => text,
        _ => throw new ArgumentException($"found {value?.GetType()} for {schema.Kind}", nameof(value)),
    };

    static JsonObject ConvertRecord(object record, AvroSchema schema)
    {
        var json = new JsonObject();
        foreach (var field in schema.Fields)
        {
            var pascal = string.Concat(field.Name.Split('_').Select(part => char.ToUpperInvariant(part[0]) + part[1..]));
            var name = field.Schema.LogicalType == AvroLogicalType.TimestampMicros ? pascal + "Us" : pascal;
            var series = (record.GetType().GetProperty("Series") ?? record.GetType().GetProperty("Bar"))?.GetValue(record);
            var holder = record.GetType().GetProperty(name) is null && series is not null ? series : record;
            var property = holder.GetType().GetProperty(name)
                ?? throw new ArgumentException($"{schema.FullName}: no property {name}", nameof(record));
            json[field.Name] = Convert(property.GetValue(holder), field.Schema);
        }

        return json;
    }

    static string BigEndian(long value)
    {
        var bytes = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(bytes, value);
        return Encoding.Latin1.GetString(bytes);
    }
}
