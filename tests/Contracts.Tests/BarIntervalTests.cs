namespace Kafka.Stock.Contracts.Tests;

public sealed class BarIntervalTests
{
    [Theory]
    [InlineData("1s", 1)]
    [InlineData("30s", 30)]
    [InlineData("1m", 60)]
    [InlineData("90s", 90)]
    [InlineData("5m", 300)]
    [InlineData("1h", 3_600)]
    [InlineData("12h", 43_200)]
    [InlineData("1d", 0)]
    public void Lengths_that_divide_a_day_parse_and_print_alike(string text, long seconds)
    {
        Assert.True(BarInterval.TryParse(text, out var interval));
        Assert.Equal(seconds * 1_000_000, interval.LengthUs);
        Assert.Equal(text == "1d", interval.IsSession);
        Assert.Equal(text, interval.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("m")]
    [InlineData("0s")]
    [InlineData("-1m")]
    [InlineData("+1m")]
    [InlineData("01m")]
    [InlineData("60s")]
    [InlineData("60m")]
    [InlineData("24h")]
    [InlineData("2d")]
    [InlineData("7m")]
    [InlineData("1M")]
    [InlineData("1 m")]
    [InlineData("99999999999m")]
    [InlineData("1.5h")]
    public void Anything_else_is_refused(string text)
    {
        Assert.False(BarInterval.TryParse(text, out var interval));
        Assert.Equal(BarInterval.Session, interval);
    }

    [Fact]
    public void Every_length_has_one_spelling()
    {
        for (var seconds = 1; seconds <= 43_200; seconds++)
        {
            if (86_400 % seconds != 0) continue;
            var spellings = new[] { $"{seconds}s", $"{seconds / 60.0}m", $"{seconds / 3600.0}h" };
            Assert.Single(spellings, text => BarInterval.TryParse(text, out var interval) && interval.LengthUs == seconds * 1_000_000L);
        }
    }
}
