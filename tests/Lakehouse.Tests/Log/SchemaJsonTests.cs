using Kafka.Stock.Contracts;

namespace Kafka.Stock.Lakehouse.Tests;

public sealed class SchemaJsonTests
{
    static readonly StructType s_all = new(
    [
        .. DeltaType.Primitives.Select(type => new StructField($"c_{type.Name}", type)),
        new("money", new DecimalType(18, 6), IsNullable: false),
        new("list", new ArrayType(new ArrayType(DeltaType.Text, ContainsNull: false), ContainsNull: true)),
        new("map", new MapType(DeltaType.Text, new StructType([new("a \"b\"", DeltaType.Int8)]), ValueContainsNull: false)),
        new("with", DeltaType.Text) { MetadataJson = """{"comment":"é<","n":{"a":[1,2]}}""" },
    ]);

    [Fact]
    public void Every_type_comes_back_as_it_was_written() => Assert.Equal(s_all, SchemaJson.Read(SchemaJson.Write(s_all), "t"));

    [Fact]
    public void Schemas_that_differ_in_one_thing_differ()
    {
        Assert.NotEqual(s_all, new StructType(s_all.Fields.RemoveAt(0)));
        var money = new StructField("money", new DecimalType(18, 5), IsNullable: false);
        Assert.NotEqual(s_all, new StructType(s_all.Fields.SetItem(11, money)));
        Assert.Equal(s_all, new StructType(s_all.Fields.SetItem(11, money with { Type = new DecimalType(18, 6) })));
    }

    [Theory]
    [InlineData("timestamp_ntz")]
    [InlineData("variant")]
    [InlineData("decimal(39,1)")]
    [InlineData("decimal(5,6)")]
    [InlineData("decimal(-1,0)")]
    [InlineData("void")]
    public void A_type_that_is_not_of_reader_version_1_is_refused_by_column_and_name(string type)
    {
        var json = $$$"""
            {"type":"struct","fields":[
                {"name":"x","type":{"type":"array","elementType":"{{{type}}}","containsNull":true},"nullable":true,"metadata":{}}]}
            """;
        var error = Assert.Throws<RefusedException>(() => SchemaJson.Read(json, "t"));
        Assert.Equal(("t, column x", $"type {type}"), (error.Where, error.Found));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("\"long\"")]
    [InlineData("{\"type\":\"struct\",\"fields\":7}")]
    [InlineData("{\"type\":\"struct\",\"fields\":[{\"type\":\"long\"}]}")]
    public void What_is_no_schema_is_broken_input(string json) =>
        Assert.Equal("t", Assert.Throws<BrokenInputException>(() => SchemaJson.Read(json, "t")).Where);

    [Fact]
    public void An_invariant_is_seen()
    {
        var json = """
            {"type":"struct","fields":[{"name":"x","type":"long","nullable":true,
                "metadata":{"delta.invariants":"{\"expression\":{\"expression\":\"x > 3\"}}"}}]}
            """;
        Assert.Contains("x > 3", SchemaJson.Read(json, "t").Fields[0].Invariant, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_are_found_without_regard_to_case() => Assert.Equal("money", s_all.Find("MONEY")?.Name);
}
