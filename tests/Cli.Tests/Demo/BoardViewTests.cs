using Kafka.Stock.Contracts;

namespace Kafka.Stock.Cli.Tests;

public sealed class BoardViewTests
{
    static readonly RunProgress s_half = new(0.5, 1_000, 1_572_442_200_000_000, TimeSpan.FromSeconds(2));

    [Theory]
    [InlineData(200)]
    [InlineData(120)]
    [InlineData(80)]
    [InlineData(40)]
    [InlineData(20)]
    public void Nothing_seen_yet_is_drawn_as_well(int columns)
    {
        var drawn = Drawn(new StreamTally(), default, columns, 40);
        Assert.Contains("Kafka.Stock", drawn, StringComparison.Ordinal);
        if (columns >= 80) Assert.Contains("left -:--", drawn, StringComparison.Ordinal);
    }

    [Fact]
    public void A_series_shows_close_forecast_interval_and_scores()
    {
        var tally = Tally();
        var drawn = Drawn(tally, s_half, 160, 40);
        foreach (var part in (string[])[
            "SPY/1m/iex", "303.10", "303.40", "302.00 – 304.00", "0.5000", "100.0 %", "50 %", "500 records/s", "left 0:02",
            "2019-10-30 13:30 UTC", "broker 127.0.0.1:1", "Data by somebody [sic]", "AMD/1m/iex", "warming up", "unbounded"])
            Assert.Contains(part, drawn, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(160)]
    [InlineData(120)]
    [InlineData(100)]
    [InlineData(80)]
    [InlineData(60)]
    public void The_table_is_never_wider_than_the_window(int columns) => Assert.All(
        Drawn(Tally(), s_half, columns, 40).Split('\n').Where(line => line.Contains('│', StringComparison.Ordinal)),
        line => Assert.InRange(line.Length, 1, columns));

    [Fact]
    public void The_forecast_is_the_last_column_to_go_and_the_scores_the_first()
    {
        var narrow = Drawn(Tally(), s_half, 60, 40);
        Assert.Contains("forecast", narrow, StringComparison.Ordinal);
        Assert.DoesNotContain("coverage │", narrow, StringComparison.Ordinal);
    }

    [Fact]
    public void More_series_than_lines_are_counted()
    {
        var tally = new StreamTally();
        for (var i = 0; i < 30; i++) tally.Add(StockTopics.Bars, Samples.Bar(10, 1, $"S{i:D2}/1d/csv"));
        var drawn = Drawn(tally, s_half, 120, 20);
        Assert.Contains("S07/1d/csv", drawn, StringComparison.Ordinal);
        Assert.DoesNotContain("S08/1d/csv", drawn, StringComparison.Ordinal);
        Assert.Contains("and 22 more series", drawn, StringComparison.Ordinal);
    }

    [Fact]
    public void The_summary_has_a_row_for_each_series_and_three_commands()
    {
        var drawn = Samples.Drawn(160, console => RunSummary.Write(console, Tally(), 12.34, "Data by somebody [sic]"));
        foreach (var part in (string[])[
            "SPY/1m/iex", "302.0000 – 304.0000", "warming up", "unbounded", "in 12.3 s", "Data by somebody [sic]"])
            Assert.Contains(part, drawn, StringComparison.Ordinal);
        Assert.Equal(3, drawn.Split('\n').Count(line => line.StartsWith("  ./kstock ", StringComparison.Ordinal)));
    }

    /// <summary>One series with all, one that warms up, one whose interval is open, and one whose names look like markup.</summary>
    static StreamTally Tally()
    {
        var tally = new StreamTally();
        tally.Add(StockTopics.Bars, Samples.Bar(303.1));
        tally.Add(StockTopics.Forecasts, Samples.Forecast(303.1, 303.4, 302, 304));
        tally.Add(StockTopics.Scores, Samples.Score(actual: 0.02, error: 0.01, hit: true));
        tally.Add(StockTopics.Bars, Samples.Bar(32.5, 1, "AMD/1m/iex"));
        tally.Add(StockTopics.Bars, Samples.Bar(5, 1, "IBM/1d/csv"));
        tally.Add(StockTopics.Forecasts, Samples.Forecast(5, 4.9, null, null, 1, "IBM/1d/csv"));
        tally.Add(StockTopics.Bars, Samples.Bar(5, 1, "[red]X/1d/[odd"));
        return tally;
    }

    static string Drawn(StreamTally tally, RunProgress progress, int columns, int lines) => Samples.Drawn(
        columns, console => console.Write(BoardView.Draw(tally, progress, "127.0.0.1:1", "Data by somebody [sic]", columns, lines)));
}
