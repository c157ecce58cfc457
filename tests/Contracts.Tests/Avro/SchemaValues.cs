using System.Buffers.Binary;
using System.Text;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;

namespace Kafka.Stock.Contracts.Tests;

/// <summary>Values of any schema, as Avro JSON: finite numbers, decimals within their digits.</summary>
static class SchemaValues
{
    static readonly Gen<string> s_text = Gen.OneOf(
        Gen.Elements("", "AAPL", "SPY", "1d", "csv", "ß€", "日本", "😀", new string('x', 21), new string('é', 22), new string('z', 70)),
        Gen.ArrayOf(Gen.Elements('a', 'Z', '0', ' ', '"', '\\', '\0', '\u007f', 'ÿ', '€')).Select(chars => new string(chars)));

    static readonly Gen<long> s_long = Gen.OneOf(
        Gen.Choose(-70, 70).Select(value => (long)value),
        ArbMap.Default.GeneratorFor<long>(),
        Gen.Elements(long.MinValue, long.MaxValue, 0, 1_700_000_000_000_000, int.MaxValue, int.MinValue));

    static readonly Gen<double> s_double = Gen.OneOf(
        ArbMap.Default.GeneratorFor<double>().Where(double.IsFinite),
        Gen.Elements(0.0, -0.0, double.Epsilon, double.MaxValue, 0.1, 1e-4));

    static readonly Gen<byte[]> s_bytes = Gen.ArrayOf(Gen.Choose(0, 255).Select(value => (byte)value));

    public static Gen<string> Of(AvroSchema schema) => Node(schema, 4).Select(node => node?.ToJsonString() ?? "null");

    static Gen<JsonNode?> Node(AvroSchema schema, int items) => schema.Kind switch
    {
        AvroKind.Null => Gen.Constant<JsonNode?>(null),
        AvroKind.Boolean => Gen.Elements(true, false).Select(value => (JsonNode?)value),
        AvroKind.Int => s_long.Select(value => (JsonNode?)(int)value),
        AvroKind.Long => s_long.Select(value => (JsonNode?)value),
        AvroKind.Float => s_double.Select(value => (JsonNode?)(float.IsFinite((float)value) ? (float)value : 1f)),
        AvroKind.Double => s_double.Select(value => (JsonNode?)value),
        AvroKind.String => s_text.Select(value => (JsonNode?)value),
        AvroKind.Bytes => s_bytes.Select(value => (JsonNode?)Encoding.Latin1.GetString(value)),
        AvroKind.Fixed when schema.LogicalType == AvroLogicalType.Decimal && schema.Size == 8 =>
            s_long.Select(value => (JsonNode?)Decimal18(value)),
        AvroKind.Fixed =>
            Gen.ArrayOf(Gen.Choose(0, 255), schema.Size)
                .Select(value => (JsonNode?)Encoding.Latin1.GetString([.. value.Select(item => (byte)item)])),
        AvroKind.Enum => Gen.Elements<string>([.. schema.Symbols]).Select(value => (JsonNode?)value),
        AvroKind.Array =>
            Gen.Choose(0, items)
                .SelectMany(count => Gen.ArrayOf(Node(schema.Items!, items), count))
                .Select(nodes => (JsonNode?)new JsonArray(nodes)),
        AvroKind.Map =>
            Gen.ArrayOf(Node(schema.Items!, items), 2).Select(nodes => (JsonNode?)new JsonObject { ["a"] = nodes[0], ["ß"] = nodes[1] }),
        AvroKind.Union => Gen.OneOf(schema.Branches.Select(branch => Branch(branch, items))),
        _ => Record(schema, items),
    };

    static Gen<JsonNode?> Branch(AvroSchema branch, int items) => branch.Kind == AvroKind.Null
        ? Node(branch, items)
        : Node(branch, items).Select(node => (JsonNode?)new JsonObject { [branch.FullName] = node });

    static Gen<JsonNode?> Record(AvroSchema schema, int items) =>
        Gen.CollectToArray(schema.Fields, field => Node(field.Schema, items)).Select(nodes =>
        {
            var json = new JsonObject();
            for (var i = 0; i < nodes.Length; i++) json[schema.Fields[i].Name] = nodes[i];
            return (JsonNode?)json;
        });

    static string Decimal18(long value)
    {
        var bytes = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(bytes, value % 1_000_000_000_000_000_000);
        return Encoding.Latin1.GetString(bytes);
    }
}
