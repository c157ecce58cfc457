using System.Buffers;
using System.Text.Json.Nodes;
using Kafka.Stock.TestKit;

namespace Kafka.Stock.Contracts.Tests;

/// <summary>Bytes by python3-avro 1.11.1 of Debian 12; <c>Golden/make_records.py</c> makes them again. Compared to the bit.</summary>
public sealed class GoldenRecordsTests
{
    static readonly JsonArray s_cases =
        JsonNode.Parse(File.ReadAllText(Repository.PathTo("tests/Contracts.Tests/Golden/records.json")))!.AsArray();

    public static IEnumerable<object[]> Names => s_cases.Select(golden => new object[] { (string)golden!["schema"]! });

    [Fact]
    public void There_is_one_for_every_schema() => Assert.Equal(StockSchemas.Names, s_cases.Select(golden => (string)golden!["schema"]!));

    [Theory, MemberData(nameof(Names))]
    public void Another_implementation_writes_the_same_bytes(string name)
    {
        var golden = s_cases.Single(item => (string)item!["schema"]! == name)!;
        var (schema, codec) = (StockSchemas.Get(name), RecordCodec.Get(name));
        var bytes = Convert.FromHexString((string)golden["bytes_hex"]!);
        var output = new ArrayBufferWriter<byte>();
        AvroJson.FromJson(schema, golden["value"]!.ToJsonString(), output);
        Assert.Equal(bytes, output.WrittenSpan.ToArray());

        var record = codec.Read(bytes);
        Assert.Equal(bytes, codec.Write(record));
        output.ResetWrittenCount();
        AvroJson.FromJson(schema, RecordJson.Of(record, schema), output);
        Assert.Equal(bytes, output.WrittenSpan.ToArray());
    }
}
