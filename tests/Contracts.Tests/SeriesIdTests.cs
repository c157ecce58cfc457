namespace Kafka.Stock.Contracts.Tests;

public sealed class SeriesIdTests
{
    [Fact]
    public void It_prints_as_it_parses()
    {
        Assert.True(SeriesId.TryParse("BRK.B/1d/csv", out var series));
        Assert.Equal(new SeriesId("BRK.B", "1d", "csv"), series);
        Assert.Equal("BRK.B/1d/csv", series.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("AAPL")]
    [InlineData("AAPL/1d")]
    [InlineData("AAPL/1d/")]
    [InlineData("/1d/csv")]
    [InlineData("AAPL//csv")]
    [InlineData("A/B/1d/csv")]
    public void Three_parts_that_are_not_empty_are_needed(string text)
    {
        Assert.False(SeriesId.TryParse(text, out var series));
        Assert.Equal(default, series);
    }

    [Fact]
    public void Order_is_ordinal_by_symbol_then_interval_then_source()
    {
        SeriesId[] ordered =
            [new("A", "1d", "csv"), new("A", "1m", "csv"), new("A", "1m", "iex"), new("B", "1d", "a"), new("a", "1d", "a")];
        Assert.Equal(ordered, ordered.Reverse().Order());
        Assert.True(ordered[0] < ordered[1] && ordered[1] > ordered[0]);
        Assert.True(ordered[0] <= ordered[1] && ordered[1] >= ordered[0]);
    }
}
