using System.Buffers;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Xunit.Abstractions;

namespace Kafka.Stock.Contracts.Tests;

public sealed class ResolutionTests(ITestOutputHelper log)
{
    [SkippableFact]
    public void Pairs_are_compatible_or_not_for_the_published_reason() => Report("pairs.json", item =>
    {
        var resolution = AvroResolution.Compile(Schema(item["writer"]), Schema(item["reader"]));
        Assert.Equal((bool)item["compatible"]!, resolution.Incompatibilities.Count == 0);
        if (item["incompatibility"] is not { } kinds) return;
        var found = resolution.Incompatibilities.Select(each => Snake(each.Kind)).ToArray();
        if (kinds is JsonArray list) Assert.Equal(list.Select(kind => (string)kind!).Order(), found.Order());
        else Assert.Equal(Enumerable.Repeat((string)kinds!, item["locations"]!.AsArray().Count), found);
    });

    [SkippableFact]
    public void Bytes_of_the_writer_are_read_as_the_reader_expects() => Report("decoding.json", item =>
    {
        var (writer, reader) = (Schema(item["writer"]), Schema(item["reader"]));
        var bytes = Convert.FromHexString((string)item["writer_bytes_hex"]!);
        if (item["error"] is not null)
        {
            Assert.Throws<RecordDefectException>(() => Read(writer, reader, bytes));
            return;
        }

        var found = JsonNode.Parse(Read(writer, reader, bytes));
        Assert.Equal(item["expected"]?.ToJsonString(), found?.ToJsonString());
    });

    [Theory, MemberData(nameof(RecordCodec.Names), MemberType = typeof(RecordCodec))]
    public void A_schema_reads_itself_byte_for_byte(string name)
    {
        var schema = StockSchemas.Get(name);
        var resolution = AvroResolution.Compile(schema, AvroSchema.Parse(StockSchemas.Text(name)));
        Assert.Empty(resolution.Incompatibilities);
        Prop.ForAll(SchemaValues.Of(schema).ToArbitrary(), json =>
        {
            var body = new ArrayBufferWriter<byte>();
            AvroJson.FromJson(schema, json, body);
            var read = new ArrayBufferWriter<byte>();
            resolution.Transcode(body.WrittenSpan, read);
            Assert.Equal(body.WrittenSpan.ToArray(), read.WrittenSpan.ToArray());
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(50).WithReplay(21, 1));
    }

    [Fact]
    public void Fields_come_in_the_reader_s_order_with_defaults_and_aliases()
    {
        var writer = Record("""
            {"name":"a","type":"int"},{"name":"gone","type":{"type":"array","items":"string"}},{"name":"b","type":"string"}
            """);
        var reader = Record("""
            {"name":"new","type":"int","default":7},{"name":"bee","type":"bytes","aliases":["b"]},
            {"name":"a","type":"double"},{"name":"note","type":["null","string"],"default":null}
            """);
        var body = Encode(writer, """{"a":5,"gone":["x","y"],"b":"hey"}""");
        Assert.Equal("""{"new":7,"bee":"hey","a":5,"note":null}""", Read(writer, reader, body));
        Assert.Equal("""{"b":"hey","a":5}""", Read(writer, Record("""{"name":"b","type":"string"},{"name":"a","type":"long"}"""), body));
    }

    [Fact]
    public void A_union_branch_that_the_reader_lacks_is_refused_only_when_it_comes()
    {
        var (writer, reader) = (AvroSchema.Parse("""["null","int","string"]"""), AvroSchema.Parse("""["long","null"]"""));
        var missing = Assert.Single(AvroResolution.Compile(writer, reader).Incompatibilities);
        Assert.Equal(AvroIncompatibilityKind.MissingUnionBranch, missing.Kind);
        Assert.Equal("""{"long":3}""", Read(writer, reader, [2, 6]));
        Assert.Equal("null", Read(writer, reader, [0]));
        Assert.Throws<RecordDefectException>(() => Read(writer, reader, [4, 2, 65]));
    }

    [Fact]
    public void A_decimal_of_another_scale_is_not_read_as_another_number()
    {
        var cents = AvroSchema.Parse("""{"type":"bytes","logicalType":"decimal","precision":9,"scale":2}""");
        var micros = AvroSchema.Parse("""{"type":"bytes","logicalType":"decimal","precision":9,"scale":6}""");
        Assert.Equal(AvroIncompatibilityKind.DecimalMismatch, Assert.Single(AvroResolution.Compile(cents, micros).Incompatibilities).Kind);
        Assert.Empty(AvroResolution.Compile(cents, AvroSchema.Parse("\"bytes\"")).Incompatibilities);
    }

    [Fact]
    public void Types_that_speak_of_themselves_resolve()
    {
        const string Node = """
            {"type":"record","name":"Node","fields":[{"name":"value","type":"int"},{"name":"next","type":["null","Node"]}]}
            """;
        const string Wider = """
            {"type":"record","name":"Node","fields":[
              {"name":"next","type":["null","Node"]},{"name":"value","type":"double"},{"name":"x","type":"int","default":1}]}
            """;
        var (writer, reader) = (AvroSchema.Parse(Node), AvroSchema.Parse(Wider));
        Assert.Empty(AvroResolution.Compile(writer, reader).Incompatibilities);
        var body = Encode(writer, """{"value":1,"next":{"Node":{"value":2,"next":null}}}""");
        Assert.Equal("""{"next":{"Node":{"next":null,"value":2,"x":1}},"value":1,"x":1}""", Read(writer, reader, body));
    }

    [Fact]
    public void A_plan_allocates_nothing_and_refuses_mutations_with_a_typed_error()
    {
        var writer = StockSchemas.Get("kafka.stock.Tick");
        const string Added = """
            "added","default":5,"type":"long"},{"name":"sequence"
            """;
        var reader = AvroSchema.Parse(StockSchemas.Text("kafka.stock.Tick").Replace("\"sequence\"", Added, StringComparison.Ordinal));
        var resolution = AvroResolution.Compile(writer, reader);
        Assert.Empty(resolution.Incompatibilities);
        var body = RecordCodec.Get("kafka.stock.Tick").Write(new Tick("SPY", "iex", 1_572_442_200_123_456, new(303_210_000), 100, 7));
        var output = new ArrayBufferWriter<byte>(256);
        Assert.Equal(0, AllocationTests.Measure(() =>
        {
            output.ResetWrittenCount();
            resolution.Transcode(body, output);
        }));
        Assert.Equal("5", JsonNode.Parse(AvroJson.ToJson(reader, output.WrittenSpan))!["added"]!.ToJsonString());
    }

    [Fact]
    public void Mutated_bodies_give_a_value_of_the_reader_or_a_typed_error()
    {
        const ulong Seed = 31;
        log.WriteLine($"seed {Seed}");
        var (chance, schema) = (new SplitMix(Seed), StockSchemas.Get("kafka.stock.Forecast"));
        var reader = AvroSchema.Parse(StockSchemas.Text("kafka.stock.Forecast"));
        var resolution = AvroResolution.Compile(schema, reader);
        var body = Encode(schema, Gen.Sample(SchemaValues.Of(schema), 30, 1).First());
        for (var i = 0; i < 5_000; i++)
        {
            var spoilt = Hostility.Mutate(body, chance);
            try
            {
                var output = new ArrayBufferWriter<byte>();
                resolution.Transcode(spoilt, output);
                AvroJson.ToJson(reader, output.WrittenSpan);
            }
            catch (RecordDefectException e)
            {
                Assert.StartsWith("byte ", e.Where);
            }
        }
    }

    static AvroSchema Schema(JsonNode? json) => AvroSchema.Parse(json!.ToJsonString());

    static AvroSchema Record(string fields) => AvroSchema.Parse("""{"type":"record","name":"R","fields":[""" + fields + "]}");

    static byte[] Encode(AvroSchema schema, string json)
    {
        var output = new ArrayBufferWriter<byte>();
        AvroJson.FromJson(schema, json, output);
        return output.WrittenSpan.ToArray();
    }

    static string Read(AvroSchema writer, AvroSchema reader, byte[] body)
    {
        var output = new ArrayBufferWriter<byte>();
        AvroResolution.Compile(writer, reader).Transcode(body, output);
        return AvroJson.ToJson(reader, output.WrittenSpan);
    }

    static string Snake(AvroIncompatibilityKind kind) =>
        string.Concat(kind.ToString().Select((c, i) => i > 0 && char.IsUpper(c) ? $"_{c}" : $"{char.ToUpperInvariant(c)}"));

    void Report(string file, Action<JsonNode> check) => log.WriteLine($"{file}: {Conformance.Each(file, check)} cases");
}
