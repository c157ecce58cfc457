using System.Buffers;
using System.Text.Json.Nodes;
using Kafka.Stock.TestKit;

namespace Kafka.Stock.Contracts.Tests;

/// <summary>Topics keep old records while schemas change: what has ever been written stays readable, both ways.</summary>
public sealed class EvolutionTests
{
    const string Tick = "kafka.stock.Tick";

    [Theory, MemberData(nameof(RecordCodec.Names), MemberType = typeof(RecordCodec))]
    public void Today_s_schema_goes_with_every_version_before_it_and_stands_in_the_history(string name)
    {
        var defects = SchemaHistory.Defects(name, StockSchemas.Text(name), SchemaHistory.TextsOf(name));
        Assert.True(defects.Count == 0, string.Join('\n', defects));
    }

    /// <summary>The golden records are python3-avro's, in today's schema: as an older version, and from there back by today's
    /// code.</summary>
    [Theory, MemberData(nameof(RecordCodec.Names), MemberType = typeof(RecordCodec))]
    public void Records_of_every_older_version_are_read_by_today_s_code_and_today_s_by_the_older(string name)
    {
        var today = StockSchemas.Get(name);
        var golden = JsonNode.Parse(File.ReadAllText(Repository.PathTo("tests/Contracts.Tests/Golden/records.json")))!.AsArray()
            .Single(record => (string)record!["schema"]! == name)!;
        var body = Convert.FromHexString((string)golden["bytes_hex"]!);
        var versions = SchemaHistory.TextsOf(name);
        Assert.NotEmpty(versions);
        foreach (var older in versions.Select(AvroSchema.Parse))
        {
            var asOlder = Transcode(today, older, body);
            Assert.NotEmpty(AvroJson.ToJson(older, asOlder));
            var back = Transcode(older, today, asOlder);
            var codec = RecordCodec.Get(name);
            Assert.Equal(back, codec.Write(codec.Read(back)));
        }
    }

    [Fact]
    public void The_history_has_no_schema_that_is_gone()
    {
        var folders = Directory.GetDirectories(Repository.PathTo("schemas/history")).Select(Path.GetFileName).Order(StringComparer.Ordinal);
        Assert.Equal(StockSchemas.Names.Order(StringComparer.Ordinal), folders!);
    }

    [Theory]
    [InlineData("\"name\": \"size\"", "\"name\": \"shares\"", "/fields/4", "no field shares")]
    [InlineData("timestamp-micros", "timestamp-millis", "/fields/2/type", "meant TimestampMicros, and now TimestampMillis")]
    [InlineData("\"scale\": 6", "\"scale\": 4", "/fields/3/type/scale", "(18,6)")]
    [InlineData("\"name\": \"Tick\"", "\"name\": \"Trade\"", "/name", "kafka.stock.Tick")]
    public void A_change_that_breaks_readers_is_found_with_its_path(string part, string other, string path, string word)
    {
        var text = StockSchemas.Text(Tick);
        Assert.Contains(part, text, StringComparison.Ordinal);
        var defects = SchemaHistory.Defects(Tick, text.Replace(part, other, StringComparison.Ordinal), [text]);
        Assert.Contains(
            defects,
            defect => defect.Contains(path, StringComparison.Ordinal) && defect.Contains(word, StringComparison.Ordinal));
    }

    [Fact]
    public void A_change_that_is_sound_needs_its_entry_in_the_history_all_the_same()
    {
        var text = StockSchemas.Text(Tick);
        var at = text.LastIndexOf(']');
        var changed = text[..at] + """, {"name": "venue", "type": "string", "default": "", "doc": "Where."}]""" + text[(at + 1)..];
        Assert.Equal(
            "schemas/history/kafka.stock.Tick: found no entry of today's schema; if the change is meant, add it as 2.avsc",
            Assert.Single(SchemaHistory.Defects(Tick, changed, [text])));
        Assert.Empty(SchemaHistory.Defects(Tick, changed, [text, changed]));
        Assert.Single(SchemaHistory.Defects(Tick, text, []));
    }

    static byte[] Transcode(AvroSchema writer, AvroSchema reader, byte[] body)
    {
        var output = new ArrayBufferWriter<byte>();
        AvroResolution.Compile(writer, reader).Transcode(body, output);
        return output.WrittenSpan.ToArray();
    }
}
