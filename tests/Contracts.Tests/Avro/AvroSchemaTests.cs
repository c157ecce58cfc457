using System.Text;

namespace Kafka.Stock.Contracts.Tests;

public sealed class AvroSchemaTests
{
    [Theory]
    [InlineData("", "$")]
    [InlineData("{", "$")]
    [InlineData("5", "$")]
    [InlineData("\"nothing\"", "$")]
    [InlineData("""{"type":"record","name":"A","fields":[{"name":"x","type":"int"},{"name":"y","type":{}}]}""", "$.fields[1].type")]
    [InlineData("""{"type":"record","name":"A","fields":[{"name":"x","type":["null",["int"]]}]}""", "$.fields[0].type[1]")]
    [InlineData("""{"type":"record","name":"A","fields":[{"name":"x","type":"int"},{"name":"x","type":"int"}]}""", "$.fields[1].name")]
    [InlineData("""{"type":"record","name":"A","fields":[{"name":"x","type":"int","default":"1"}]}""", "$.fields[0].default")]
    [InlineData("""{"type":"record","name":"A","fields":[{"name":"x","type":["int","string"],"default":[]}]}""", "$.fields[0].default")]
    [InlineData("""{"type":"map","values":{"type":"enum","name":"E","symbols":["A","a b"]}}""", "$.values.symbols[1]")]
    [InlineData("""{"type":"fixed","name":"F","size":-1}""", "$.size")]
    [InlineData("""{"type":"fixed","name":"F","size":1.5}""", "$.size")]
    [InlineData("""{"type":"array","items":"int","type":"array"}""", "$")]
    [InlineData("""{"type":"fixed","name":"\ud800","size":1}""", "$.name")]
    [InlineData("""[{"type":"fixed","name":"F","size":1},{"type":"enum","name":"F","symbols":["A"]}]""", "$[1].name")]
    public void A_schema_that_is_none_is_refused_with_the_json_path(string json, string path) =>
        Assert.StartsWith(path, Assert.Throws<BrokenInputException>(() => AvroSchema.Parse(json)).Where);

    [Fact]
    public void Half_a_surrogate_pair_is_refused() => Assert.Throws<BrokenInputException>(() => AvroSchema.Parse("\"\uD800\""));

    [Fact]
    public void Ten_thousand_levels_and_ten_megabytes_are_refused_in_bounded_time()
    {
        var deep = new StringBuilder().Insert(0, """{"type":"array","items":""", 10_000).Append("\"int\"").Append('}', 10_000).ToString();
        Assert.Throws<BrokenInputException>(() => AvroSchema.Parse(deep));
        var justTooDeep = new StringBuilder().Insert(0, """{"type":"array","items":""", 102).Append("\"int\"").Append('}', 102).ToString();
        Assert.Throws<BrokenInputException>(() => AvroSchema.Parse(justTooDeep));
        var deepEnough = new StringBuilder().Insert(0, """{"type":"array","items":""", 99).Append("\"int\"").Append('}', 99).ToString();
        Assert.Equal(AvroKind.Array, AvroSchema.Parse(deepEnough).Kind);
        Assert.Throws<BrokenInputException>(() => AvroSchema.Parse($"\"{new string('x', 10 << 20)}\""));
    }

    [Fact]
    public void A_default_that_contains_itself_is_refused()
    {
        const string Loop = """{"type":"record","name":"A","fields":[{"name":"a","type":"A","default":{}}]}""";
        Assert.Contains("default", Assert.Throws<BrokenInputException>(() => AvroSchema.Parse(Loop)).Where, StringComparison.Ordinal);
    }

    [Fact]
    public void Defaults_that_fan_out_are_refused_in_bounded_time()
    {
        var fields = string.Join(',', Enumerable.Range(0, 30).Select(i => $$$"""{"name":"f{{{i}}}","type":"A","default":{}}"""));
        Assert.Throws<BrokenInputException>(() => AvroSchema.Parse("""{"type":"record","name":"A","fields":[""" + fields + "]}"));
        var doubling = Enumerable.Range(0, 60).Aggregate("\"int\"", (inner, i) => i == 0
            ? """{"type":"record","name":"R0","fields":[{"name":"a","type":"int","default":1}]}"""
            : $$$"""{"type":"record","name":"R{{{i}}}","fields":[{"name":"a","type":{{{inner}}},"default":{}},"""
                + $$$"""{"name":"b","type":"R{{{i - 1}}}","default":{}}]}""");
        Assert.Throws<BrokenInputException>(() => AvroSchema.Parse(doubling));
    }

    [Fact]
    public void Names_aliases_docs_and_defaults_are_kept()
    {
        var schema = AvroSchema.Parse("""
            {"type":"record","name":"A","namespace":"x.y","doc":"an A","aliases":["B","z.C"],"fields":[
              {"name":"e","type":{"type":"enum","name":"E","symbols":["P","Q"],"default":"Q"},"default":"P","aliases":["old"]},
              {"name":"again","type":["null","E"],"default":null},
              {"name":"self","type":["null","x.y.A"]},
              {"name":"d","type":{"type":"bytes","logicalType":"decimal","precision":9,"scale":2}}]}
            """);
        Assert.Equal(("x.y.A", "A", "an A"), (schema.FullName, schema.Name, schema.Doc));
        Assert.Equal(["x.y.B", "z.C"], schema.Aliases);
        Assert.Equal("Q", schema.Fields[0].Schema.DefaultSymbol);
        Assert.Equal(["old"], schema.Fields[0].Aliases);
        Assert.Equal("\"P\"", schema.Fields[0].DefaultJson);
        Assert.Equal([0], schema.Fields[0].DefaultBody!.Value.ToArray());
        Assert.Same(schema.Fields[0].Schema, schema.Fields[1].Schema.Branches[1]);
        Assert.Same(schema, schema.Fields[2].Schema.Branches[1]);
        Assert.Null(schema.Fields[2].DefaultBody);
        var amount = schema.Fields[3].Schema;
        Assert.Equal((AvroLogicalType.Decimal, 9, 2), (amount.LogicalType, amount.Precision, amount.Scale));
    }
}
