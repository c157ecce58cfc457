using System.Text;
using Kafka.Stock.Contracts;
using Kafka.Stock.TestKit;

namespace Kafka.Stock.Sources.Tests;

public sealed class AlphaVantageDailyTests
{
    [SkippableFact]
    public void A_genuine_answer_is_read_oldest_day_first()
    {
        var bytes = File.ReadAllBytes(SharedFiles.PathTo("data/wire/alphavantage_time_series_daily_IBM.json"));

        Assert.True(AlphaVantageDaily.Looks(bytes));
        Assert.Null(AlphaVantageDaily.TryParse(bytes, out var days));

        Assert.Equal(2, days.Count);
        Assert.True(days[0].Day < days[1].Day);
        Assert.All(days, day => Assert.True(day.Low.Micros <= day.Open.Micros && day.High.Micros >= day.Close.Micros && day.Volume > 0));
    }

    [Fact]
    public void Prices_are_exact()
    {
        Assert.Null(Parse(Day("2020-01-02", "134.1600"), out var days));
        var day = Assert.Single(days);
        Assert.Equal(new DateOnly(2020, 1, 2), day.Day);
        Assert.Equal(new Price(134_160_000), day.Open);
        Assert.Equal(3_148_600, day.Volume);
    }

    [Fact]
    public void The_adjusted_answer_has_its_volume_elsewhere()
    {
        Assert.Null(Parse(Day("2020-01-02", "134.16").Replace("5. volume", "6. volume", StringComparison.Ordinal), out var days));
        Assert.Equal(3_148_600, Assert.Single(days).Volume);
    }

    [Theory]
    [InlineData("{\"Note\": \"Thank you for using us. 5 calls a minute.\"}", "Note", "Thank you")]
    [InlineData("{\"Information\": \"25 requests a day\"}", "Information", "25 requests")]
    [InlineData("{\"Error Message\": \"Invalid API call.\"}", "Error Message", "Invalid")]
    public void What_the_service_says_instead_is_told(string answer, string name, string words)
    {
        var defect = Parse(answer, out var days);
        Assert.Empty(days);
        Assert.Contains(name, defect!.Value.Found, StringComparison.Ordinal);
        Assert.Contains(words, defect.Value.Found, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "isn't JSON")]
    [InlineData("[]", "Array")]
    [InlineData("{}", "Time Series (Daily)")]
    [InlineData("{\"Time Series (Daily)\": 3}", "Time Series (Daily)")]
    public void Something_else_is_named(string answer, string found) =>
        Assert.Contains(found, Parse(answer, out _)!.Value.Found, StringComparison.Ordinal);

    [Theory]
    [InlineData("2020-13-02", "134.16", "day \"2020-13-02\"")]
    [InlineData("2020-01-02", "-1", "1. open")]
    [InlineData("2020-01-02", "NaN", "1. open")]
    [InlineData("2020-01-02", "200", "open 200")]
    public void One_wrong_day_spoils_the_answer(string day, string open, string found)
    {
        Assert.Contains(found, Parse(Day(day, open), out var days)!.Value.Found, StringComparison.Ordinal);
        Assert.Empty(days);
    }

    static Defect? Parse(string answer, out IReadOnlyList<DailyBarLine> days) =>
        AlphaVantageDaily.TryParse(Encoding.UTF8.GetBytes(answer), out days);

    static string Day(string day, string open) =>
        $$$$"""
        {"Meta Data": {"2. Symbol": "IBM"}, "Time Series (Daily)": {"{{{{day}}}}": {
            "1. open": "{{{{open}}}}", "2. high": "135.9200", "3. low": "134.0000", "4. close": "135.4200", "5. volume": "3148600"}}}
        """;
}
