using System.Buffers;
using System.Diagnostics;
using System.Text;
using Xunit.Abstractions;

namespace Kafka.Stock.Contracts.Tests;

/// <summary>Schemas that are made to cost time, memory or the stack: each is refused or done within bounds, by a typed error.</summary>
public sealed class HostileSchemasTests(ITestOutputHelper log)
{
    /// <summary>Wide enough for a loaded machine; what these would take without a bound is minutes, or the process.</summary>
    const int MaxSeconds = 60;

    const long MaxAllocatedBytes = 1L << 30;

    [Fact]
    public void A_long_namespace_for_a_great_many_names_is_refused() => Bounded("long namespace", () =>
    {
        var fields = string.Join(',', Enumerable.Range(0, 40_000)
            .Select(i => $$"""{"name":"f{{i}}","type":{"type":"fixed","name":"F{{i}}","size":1} }"""));
        foreach (var length in new[] { 1_000, 1_000_000 })
        {
            var name = new string('n', length);
            var text = $$"""{"type":"record","namespace":"{{name}}","name":"R","fields":[{{fields}}]}""";
            Assert.StartsWith("$", Assert.Throws<BrokenInputException>(() => AvroSchema.Parse(text)).Where);
        }
    });

    [Fact]
    public void Types_named_one_after_the_other_do_not_exhaust_the_stack() => Bounded("chain", () =>
    {
        const string First = """{"type":"record","name":"R0","fields":[{"name":"f","type":"int"}]}""";
        var chain = string.Join(',', Enumerable.Range(1, 39_999).Select(i =>
            $$"""{"type":"record","name":"R{{i}}","fields":[{"name":"f","type":"R{{i - 1}}"}]}""").Prepend(First));
        var schema = AvroSchema.Parse($$"""
            {"type":"record","name":"T","fields":[{"name":"junk","type":[{{chain}}]},
              {"name":"a","type":{"type":"array","items":"R39999"} }]}
            """);
        Assert.Throws<RecordDefectException>(() => AvroJson.ToJson(schema, [0, 2, 2, 2, 0]));
        Assert.Throws<RefusedException>(() => AvroResolution.Compile(schema.Fields[1].Schema, AvroSchema.Parse(schema.CanonicalForm)
            .Fields[1].Schema));
        Assert.NotEmpty(schema.CanonicalForm);
    });

    [Fact]
    public void Big_unions_against_each_other_are_refused() => Bounded("unions", () =>
    {
        var branches = string.Join(',', Enumerable.Range(0, 50_000).Select(i => $$"""{"type":"fixed","name":"F{{i}}","size":1}"""));
        var (one, other) = (AvroSchema.Parse($"[{branches}]"), AvroSchema.Parse($"[{branches}]"));
        Assert.Equal("a bigger pair of schemas", Assert.Throws<RefusedException>(() => AvroResolution.Compile(one, other)).Found);
    });

    [Fact]
    public void Many_fields_and_many_symbols_are_compared_in_linear_time() => Bounded("fields and symbols", () =>
    {
        var fields = string.Join(',', Enumerable.Range(0, 60_000).Select(i => $$"""{"name":"f{{i}}","type":"int"}"""));
        var record = $$"""{"type":"record","name":"R","fields":[{{fields}}]}""";
        Assert.Empty(AvroResolution.Compile(AvroSchema.Parse(record), AvroSchema.Parse(record)).Incompatibilities);
        var symbols = string.Join(',', Enumerable.Range(0, 200_000).Select(i => $"\"S{i}\""));
        var text = $$"""{"type":"enum","name":"E","symbols":[{{symbols}}]}""";
        Assert.Empty(AvroResolution.Compile(AvroSchema.Parse(text), AvroSchema.Parse(text)).Incompatibilities);
        var lacking = AvroSchema.Parse("""{"type":"enum","name":"E","symbols":["A"]}""");
        Assert.InRange(Assert.Single(AvroResolution.Compile(AvroSchema.Parse(text), lacking).Incompatibilities).Message.Length, 1, 200);
    });

    [Fact]
    public void A_big_type_behind_a_great_many_unions_is_looked_through_once() => Bounded("unions of one big record", () =>
    {
        var inner = string.Join(',', Enumerable.Range(0, 20_000).Select(i => $$"""{"name":"i{{i}}","type":"int"}"""));
        var big = $$"""{"type":"record","name":"Big","fields":[{{inner}}]}""";
        var outer = string.Join(',', Enumerable.Range(0, 20_000).Select(i => $$"""{"name":"o{{i}}","type":["null","Big"]}"""));
        var text = $$"""{"type":"record","name":"R","fields":[{"name":"first","type":{{big}}},{{outer}}]}""";
        Assert.Empty(AvroResolution.Compile(AvroSchema.Parse(text), AvroSchema.Parse(text)).Incompatibilities);
    });

    [Fact]
    public void Big_defaults_cost_no_more_than_their_length() => Bounded("defaults", () =>
    {
        var ones = string.Join(',', Enumerable.Repeat("1", 500_000));
        var name = new string('n', 1_000);
        AvroSchema.Parse($$"""
            {"type":"record","name":"R","fields":[{"name":"{{name}}","type":{"type":"array","items":"int"},"default":[{{ones}}]}]}
            """);
        var fields = string.Join(',', Enumerable.Range(0, 30_000).Select(i => $$"""{"name":"f{{i}}","type":"int"}"""));
        var values = string.Join(',', Enumerable.Range(0, 30_000).Select(i => $"\"f{i}\":1"));
        AvroSchema.Parse($$$"""
            {"type":"record","name":"R","fields":[
              {"name":"r","type":{"type":"record","name":"I","fields":[{{{fields}}}]},"default":{ {{{values}}} }}]}
            """);
        var branches = string.Join(',', Enumerable.Range(0, 40_000).Select(i => $$"""{"type":"fixed","name":"F{{i}}","size":{{i + 9}}}"""));
        var texts = string.Join(',', Enumerable.Repeat("\"12345678\"", 100_000));
        var text = $$"""
            {"type":"record","name":"R","fields":[{"name":"u","type":{"type":"array","items":[{{branches}}]},"default":[{{texts}}]}]}
            """;
        Assert.StartsWith("$.fields[0].default", Assert.Throws<BrokenInputException>(() => AvroSchema.Parse(text)).Where);
    });

    [Fact]
    public void Numbers_and_decimals_of_a_million_digits() => Bounded("digits", () =>
    {
        var digits = new string('9', 1_000_000);
        foreach (var type in new[] { "int", "long", "float", "double" })
        {
            var text = $$"""{"type":"record","name":"R","fields":[{"name":"f","type":"{{type}}","default":{{digits}}}]}""";
            Assert.StartsWith("$.fields[0].default", Assert.Throws<BrokenInputException>(() => AvroSchema.Parse(text)).Where);
        }

        Assert.Throws<BrokenInputException>(() => AvroSchema.Parse($$"""{"type":"fixed","name":"F","size":{{digits}}}"""));
        var plain = AvroSchema.Parse($$"""{"type":"bytes","logicalType":"decimal","precision":{{digits}}}""");
        Assert.Equal(AvroLogicalType.None, plain.LogicalType);
        var wide = AvroSchema.Parse("""{"type":"bytes","logicalType":"decimal","precision":1000000,"scale":3}""");
        Assert.Equal((AvroLogicalType.Decimal, 1_000_000), (wide.LogicalType, wide.Precision));
        var body = new ArrayBufferWriter<byte>();
        var writer = new AvroWriter(body);
        writer.WriteBytes(Enumerable.Repeat((byte)0x7F, 415_242).ToArray()); // 10^6 digits
        writer.Flush();
        var back = new ArrayBufferWriter<byte>();
        AvroJson.FromJson(wide, AvroJson.ToJson(wide, body.WrittenSpan), back);
        Assert.True(back.WrittenSpan.SequenceEqual(body.WrittenSpan));
    });

    [Fact]
    public void Ten_megabytes_and_ten_thousand_levels_are_refused() => Bounded("size and depth", () =>
    {
        var deep = new StringBuilder().Insert(0, """{"type":"map","values":""", 10_000).Append("\"int\"").Append('}', 10_000).ToString();
        Assert.StartsWith("$", Assert.Throws<BrokenInputException>(() => AvroSchema.Parse(deep)).Where);
        var big = $"[{string.Join(',', Enumerable.Range(0, 300_000).Select(i => $$"""{"type":"fixed","name":"F{{i}}","size":1}"""))}]";
        Assert.True(big.Length > 10 << 20);
        Assert.StartsWith("$", Assert.Throws<BrokenInputException>(() => AvroSchema.Parse(big)).Where);
    });

    void Bounded(string what, Action action)
    {
        var (before, started) = (GC.GetAllocatedBytesForCurrentThread(), Stopwatch.GetTimestamp());
        action();
        var (allocated, seconds) = (GC.GetAllocatedBytesForCurrentThread() - before, Stopwatch.GetElapsedTime(started).TotalSeconds);
        log.WriteLine($"{what}: {seconds:F2} s, {allocated >> 20} MiB allocated");
        Assert.InRange(seconds, 0, MaxSeconds);
        Assert.InRange(allocated, 0, MaxAllocatedBytes);
    }
}
