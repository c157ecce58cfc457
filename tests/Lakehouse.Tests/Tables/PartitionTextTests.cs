using Kafka.Stock.Contracts;

namespace Kafka.Stock.Lakehouse.Tests;

public sealed class PartitionTextTests
{
    [Theory]
    [InlineData("2021-09-08 11:11:11", 1631099471_000000)]
    [InlineData("2021-09-08 11:11:11.5", 1631099471_500000)]
    [InlineData("2021-09-08 11:11:11.000001", 1631099471_000001)]
    [InlineData("2021-09-08T11:11:11.000001Z", 1631099471_000001)]
    [InlineData("2021-09-08T11:11:11Z", 1631099471_000000)]
    [InlineData("1969-12-31 23:59:59.999999", -1)]
    public void Instants_are_read_in_every_form_of_the_protocol(string text, long timestampUs)
    {
        Assert.True(PartitionText.TryReadTimestamp(text, out var found));
        Assert.Equal(timestampUs, found);
        Assert.True(PartitionText.TryReadTimestamp(PartitionText.OfTimestamp(found), out var again));
        Assert.Equal(timestampUs, again);
    }

    [Theory]
    [InlineData("long", "-9223372036854775808", "9223372036854775808")]
    [InlineData("integer", "7", "7.0")]
    [InlineData("short", "-32768", "32768")]
    [InlineData("byte", "127", "128")]
    [InlineData("boolean", "true", "TRUE")]
    [InlineData("date", "2024-02-29", "2023-02-29")]
    [InlineData("timestamp", "2024-02-29 00:00:00", "2024-02-29")]
    [InlineData("double", "-1.5E-7", "1,5")]
    [InlineData("decimal(5,2)", "-123.45", "1234.5")]
    [InlineData("decimal(5,2)", "0.1", "0.123")]
    [InlineData("decimal(3,0)", "007", "--7")]
    public void A_value_must_be_one_of_its_type(string type, string good, string bad)
    {
        var json = $$$"""{"type":"struct","fields":[{"name":"p","type":"{{{type}}}","nullable":true,"metadata":{}}]}""";
        var column = SchemaJson.Read(json, "t").Fields[0];
        PartitionText.Demand("t", column, good);
        Assert.Contains(bad, Assert.Throws<RefusedException>(() => PartitionText.Demand("t", column, bad)).Found, StringComparison.Ordinal);
    }

    [Fact]
    public void Empty_is_null() => Assert.Equal(PartitionValues.Of(("a", null)), PartitionValues.Of(("a", "")));

    [Fact]
    public void Values_are_equal_whatever_the_order_they_came_in()
    {
        var (one, other) = (PartitionValues.Of(("a", "1"), ("b", null)), PartitionValues.Of(("b", ""), ("a", "1")));
        Assert.Equal(one, other);
        Assert.Equal(one.GetHashCode(), other.GetHashCode());
        Assert.NotEqual(one, PartitionValues.Of(("a", "1"), ("b", "null")));
        Assert.Equal("a=1/b=null", one.ToString());
    }
}
