using Kafka.Stock.Contracts;

namespace Kafka.Stock.BatchJob.Tests;

/// <summary>The file in which people say that a row is right as it is.</summary>
public sealed class AcknowledgedRowsTests
{
    const string Text = """
        # seen by the desk
        series,end,check,reason
        AAPL/1d/csv,2000-09-29T20:00:00Z,jumps,profit warning, of the evening before

        QQQ/1d/csv , 2011-03-23T20:00:00Z , gaps , traded as QQQQ
        SPY/1s/iex,2019-10-30T13:30:01.25Z,spikes,odd lot
        """;

    [Fact]
    public void Rows_are_read_with_their_reasons()
    {
        var rows = AcknowledgedRows.Parse("ack.csv", Text);
        Assert.Equal(3, rows.Count);
        var aapl = SeriesId.Parse("AAPL/1d/csv");
        Assert.Equal("profit warning, of the evening before", rows.ReasonFor(QualityCheck.Jumps, aapl, 970_257_600_000_000));
        Assert.Equal("odd lot", rows.ReasonFor(QualityCheck.Spikes, SeriesId.Parse("SPY/1s/iex"), 1_572_442_201_250_000));
        Assert.Null(rows.ReasonFor(QualityCheck.Gaps, aapl, 970_257_600_000_000));
        Assert.Null(rows.ReasonFor(QualityCheck.Jumps, aapl, 970_257_600_000_001));
        Assert.Null(rows.ReasonFor(QualityCheck.Jumps, aapl with { Source = "iex" }, 970_257_600_000_000));
    }

    [Theory]
    [InlineData("AAPL/1d/csv,2000-09-29T20:00:00Z,jumps", "3 fields")]
    [InlineData("AAPL,2000-09-29T20:00:00Z,jumps,why", "series 'AAPL'")]
    [InlineData("AAPL/1d/csv,2000-09-29,jumps,why", "end '2000-09-29'")]
    [InlineData("AAPL/1d/csv,2000-09-29T20:00:00,jumps,why", "end '2000-09-29T20:00:00'")]
    [InlineData("AAPL/1d/csv,2000-13-29T20:00:00Z,jumps,why", "end '2000-13-29T20:00:00Z'")]
    [InlineData("AAPL/1d/csv,2000-09-29T20:00:00Z,jump,why", "check 'jump'")]
    [InlineData("AAPL/1d/csv,2000-09-29T20:00:00Z,jumps, ", "no reason")]
    [InlineData("A/1d/c,2000-09-29T20:00:00Z,jumps,x\nA/1d/c,2000-09-29T20:00:00Z,jumps,y", "named before")]
    public void A_line_that_is_none_is_named(string lines, string found)
    {
        var error = Assert.Throws<BrokenInputException>(() => AcknowledgedRows.Parse("ack.csv", $"# first\n{lines}"));
        Assert.Contains(found, error.Found, StringComparison.Ordinal);
        Assert.Equal($"ack.csv:{lines.Split('\n').Length + 1}", error.Where);
    }

    [Fact]
    public void An_acknowledged_row_lets_the_retrain_go_on_and_another_one_stops_it()
    {
        var spoilt = Enumerable.Range(0, 3).Select(session => QualityRows.Daily(session) with { Volume = null }).ToArray();
        var line = AcknowledgedRows.LineFor(QualityCheck.CompletenessVolume, spoilt[1].Series, spoilt[1].EndUs);
        var one = AcknowledgedRows.Parse("ack.csv", line + "the exchange's own outage");

        var alone = QualityRows.Check(QualityRows.Gate(acknowledged: one), QualityRows.Daily(0), spoilt[1]);
        Assert.Null(alone.Refusal("silver/bars"));
        Assert.Equal(QualityStatus.Acknowledged, alone.Of(QualityCheck.CompletenessVolume).Status);
        var result = QualityRows.Check(QualityRows.Gate(acknowledged: one), spoilt).Of(QualityCheck.CompletenessVolume);
        Assert.Equal((QualityStatus.Failed, 2L, 1L), (result.Status, result.RowsBad, result.RowsAcknowledged));
        Assert.Equal(["2020-01-02", "2020-01-06"], result.Days());
    }
}
