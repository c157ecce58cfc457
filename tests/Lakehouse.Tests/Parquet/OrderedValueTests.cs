using System.Text.Json;

namespace Kafka.Stock.Lakehouse.Tests;

public sealed class OrderedValueTests
{
    public static TheoryData<DeltaType, string[]> Ascending => new()
    {
        { DeltaType.Text, ["", "A", "B", "a", "aa", "b", "é", "￿", "😀"] },
        { DeltaType.Int64, ["-9223372036854775808", "-1", "0", "7", "10", "9223372036854775807"] },
        { DeltaType.Float64, ["-inf", "-1e308", "-1", "0", "4.9e-324", "0.1", "1e308", "inf"] },
        { DeltaType.Float32, ["-Infinity", "-0.1", "0.1", "16777216", "16777218", "Infinity"] },
        {
            new DecimalType(38, 2),
            ["-999999999999999999999999999999999999.99", "-0.01", "0", "0.1", "0.11", "999999999999999999999999999999999999.99"]
        },
        { DeltaType.Date, ["0001-01-01", "1969-12-31", "1970-01-01", "9999-12-31"] },
        {
            DeltaType.Timestamp,
            ["1969-12-31 23:59:59.999999", "1970-01-01T00:00:00.000Z", "1970-01-01 00:00:00.000001", "1970-01-01T00:00:01Z"]
        },
        { DeltaType.Truth, ["false", "true"] },
    };

    [Theory, MemberData(nameof(Ascending))]
    public void Values_are_in_the_order_of_SQL(DeltaType type, string[] ascending)
    {
        var values = ascending.Select(text => Read(type, text)).ToList();
        for (var i = 0; i < values.Count; i++)
        {
            for (var j = 0; j < values.Count; j++)
            {
                Assert.True(values[i].TryCompare(values[j], out var order));
                Assert.Equal(Math.Sign(i.CompareTo(j)), Math.Sign(order));
            }
        }
    }

    [Theory]
    [InlineData("0", "-0.0")]
    [InlineData("1.50", "1.5")]
    public void Equal_numbers_are_equal_however_they_are_written(string a, string b)
    {
        Assert.True(Read(DeltaType.Float64, a).TryCompare(Read(DeltaType.Float64, b), out var order));
        Assert.Equal(0, order);
        Assert.True(Read(new DecimalType(9, 2), a).TryCompare(Read(new DecimalType(9, 2), b), out order));
        Assert.Equal(0, order);
    }

    [Fact]
    public void Nothing_is_concluded_from_NaN_or_from_another_type()
    {
        Assert.False(Read(DeltaType.Float64, "NaN").TryCompare(Read(DeltaType.Float64, "1"), out _));
        Assert.False(Read(DeltaType.Float64, "1").TryCompare(Read(DeltaType.Int64, "1"), out _));
        Assert.False(default(OrderedValue).TryCompare(default, out _));
    }

    [Theory]
    [InlineData("long", "1.5")]
    [InlineData("long", "")]
    [InlineData("long", "1e3")]
    [InlineData("double", "one")]
    [InlineData("date", "2020-1-1")]
    [InlineData("timestamp", "yesterday")]
    [InlineData("boolean", "TRUE")]
    [InlineData("binary", "x")]
    public void What_is_no_value_of_the_type_is_not_read(string type, string text) =>
        Assert.False(OrderedValue.TryRead(new PrimitiveType(type), text, out _));

    [Fact]
    public void A_maximum_instant_may_have_been_cut_to_milliseconds()
    {
        using var json = JsonDocument.Parse("\"1970-01-01T00:00:00.001Z\"");
        Assert.True(OrderedValue.TryReadBound(DeltaType.Timestamp, json.RootElement, isMax: true, out var max));
        Assert.True(OrderedValue.TryReadBound(DeltaType.Timestamp, json.RootElement, isMax: false, out var min));
        Assert.True(max.TryCompare(Read(DeltaType.Timestamp, "1970-01-01 00:00:00.001999"), out var order));
        Assert.Equal(0, order);
        Assert.True(min.TryCompare(Read(DeltaType.Timestamp, "1970-01-01 00:00:00.001"), out order));
        Assert.Equal(0, order);
    }

    static OrderedValue Read(DeltaType type, string text)
    {
        Assert.True(OrderedValue.TryRead(type, text, out var value), $"{type} {text}");
        return value;
    }
}
