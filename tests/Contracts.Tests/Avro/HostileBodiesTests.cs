using System.Buffers;
using System.Text.Json.Nodes;
using Kafka.Stock.TestKit;
using Xunit.Abstractions;

namespace Kafka.Stock.Contracts.Tests;

/// <summary>Bytes that nobody vouches for give a value or a typed error with the offset, in bounded memory.</summary>
public sealed class HostileBodiesTests(ITestOutputHelper log)
{
    const int MutationsPerSchema = 4_000;

    /// <summary>What a body may cost beside its own length: an exception with its trace, JSON buffers, a reused object's arrays.</summary>
    const int SlackBytes = 96 << 10;

    const int BytesPerByte = 64;

    static readonly Dictionary<string, byte[]> s_bodies =
        JsonNode.Parse(File.ReadAllText(Repository.PathTo("tests/Contracts.Tests/Golden/records.json")))!.AsArray()
        .ToDictionary(golden => (string)golden!["schema"]!, golden => Convert.FromHexString((string)golden!["bytes_hex"]!));

    [Theory, MemberData(nameof(RecordCodec.Names), MemberType = typeof(RecordCodec))]
    public void Cut_anywhere_it_is_refused_and_the_offset_is_within(string name)
    {
        var body = s_bodies[name];
        for (var length = 0; length < body.Length; length++)
        {
            var cut = body[..length];
            var error = Assert.Throws<RecordDefectException>(() => RecordCodec.Get(name).Read(cut));
            Assert.InRange(int.Parse(error.Where["byte ".Length..]), 0, length);
            Assert.Throws<RecordDefectException>(() => AvroJson.ToJson(StockSchemas.Get(name), cut));
        }

        byte[] longer = [.. body, 0];
        Assert.Equal($"byte {body.Length}", Assert.Throws<RecordDefectException>(() => RecordCodec.Get(name).Read(longer)).Where);
    }

    [Theory, MemberData(nameof(RecordCodec.Names), MemberType = typeof(RecordCodec))]
    public void Mutated_at_random_it_is_a_value_or_a_typed_error(string name)
    {
        const ulong Seed = 7;
        log.WriteLine($"seed {Seed}, {MutationsPerSchema} mutations of {name}");
        var (chance, codec, schema) = (new SplitMix(Seed), RecordCodec.Get(name), StockSchemas.Get(name));
        var read = 0;
        for (var i = 0; i < MutationsPerSchema; i++)
        {
            var body = Hostility.Mutate(s_bodies[name], chance);
            var byHand = Try(body, () => RoundTrip(codec, body), $"seed {Seed}, mutation {i} of {name}: {Convert.ToHexString(body)}");
            var generic = i % 4 > 0 || Try(body, () => AvroJson.ToJson(schema, body), $"seed {Seed}, mutation {i} of {name}, generic");
            Assert.True(generic || !byHand, $"seed {Seed}, mutation {i} of {name}: read by hand, refused by the schema");
            if (byHand) read++;
        }

        Assert.InRange(read, 1, MutationsPerSchema - 1);
    }

    [Fact]
    public void A_count_that_cannot_fit_allocates_nothing()
    {
        foreach (var count in new[] { long.MaxValue, long.MinValue, int.MaxValue, int.MinValue, 1_000_000, -1_000_000 })
        {
            var output = new ArrayBufferWriter<byte>();
            var writer = new AvroWriter(output);
            writer.WriteSeries(new("A", "1d", "csv"));
            for (var i = 0; i < 2; i++) writer.WriteLong(0);
            writer.WriteBoolean(false);
            for (var i = 0; i < 3; i++) writer.WriteDouble(0);
            writer.WriteLong(count);
            writer.WriteLong(1);
            writer.Flush();
            var body = output.WrittenSpan.ToArray();
            Assert.False(Try(body, () => RecordCodec.Get("kafka.stock.MicroBatch").Read(body), $"count {count}"));
        }
    }

    [Theory]
    [InlineData("""{"type":"array","items":"null"}""")]
    [InlineData("""{"type":"array","items":{"type":"array","items":{"type":"record","name":"E","fields":[]}}}""")]
    public void Items_that_take_no_bytes_are_bounded_all_together(string schema)
    {
        var output = new ArrayBufferWriter<byte>();
        var writer = new AvroWriter(output);
        var nested = schema.Length > 40;
        if (nested) writer.WriteBlock(1_000);
        for (var i = 0; i < 1_000; i++)
        {
            writer.WriteBlock(50_000);
            if (nested) writer.WriteBlocksEnd();
        }

        writer.WriteBlocksEnd();
        writer.Flush();
        var body = output.WrittenSpan.ToArray();
        Assert.Throws<RecordDefectException>(() => AvroJson.ToJson(AvroSchema.Parse(schema), body));
    }

    [Theory]
    [InlineData("""{"type":"record","name":"A","fields":[{"name":"a","type":"A"}]}""")]
    [InlineData("""{"type":"record","name":"A","fields":[{"name":"a","type":["A","null"]}]}""")]
    [InlineData("""{"type":"array","items":[{"type":"record","name":"A","fields":[{"name":"a","type":{"type":"array","items":"A"}}]}]}""")]
    public void Values_nested_without_end_are_refused(string schema)
    {
        var body = new byte[100_000];
        if (schema.Contains("array", StringComparison.Ordinal)) body.AsSpan().Fill(2);
        Assert.Throws<RecordDefectException>(() => AvroJson.ToJson(AvroSchema.Parse(schema), body));
    }

    static byte[] RoundTrip(RecordCodec codec, byte[] body) => codec.Write(codec.Read(body));

    static bool Try(byte[] body, Func<object> read, string what)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var done = true;
        try
        {
            read();
        }
        catch (RecordDefectException e)
        {
            Assert.StartsWith("byte ", e.Where);
            done = false;
        }
        catch (Exception e)
        {
            Assert.Fail($"{what}: {e}");
        }

        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(allocated <= SlackBytes + (BytesPerByte * body.Length), $"{what}: {allocated} bytes allocated for {body.Length}");
        return done;
    }
}
