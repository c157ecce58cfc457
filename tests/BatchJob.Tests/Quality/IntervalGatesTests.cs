using Kafka.Stock.Contracts;

namespace Kafka.Stock.BatchJob.Tests;

/// <summary>One verdict an interval, and one pass over all.</summary>
public sealed class IntervalGatesTests
{
    static readonly SeriesId s_minutes = new("AAPL", "1m", "csv");

    [Fact]
    public void Bad_rows_fail_their_interval_and_the_whole()
    {
        var reports = Pass([], Daily(0), Daily(1), Minute(0) with { Open = null }, Minute(1)).Reports;
        Assert.True(reports.Of("1d")!.IsPassed);
        Assert.Equal("min_open 1", reports.Of("1m")!.FailuresInShort());
        Assert.Equal("min_open 1", reports.Whole.FailuresInShort());
        Assert.Equal(4, reports.Whole.Of(QualityCheck.Size).RowsChecked);
        Assert.Equal("size 1", reports.Of("5m")!.FailuresInShort());
        Assert.Equal("size 1", Pass([]).Reports.Whole.FailuresInShort());
    }

    [Fact]
    public void The_next_pass_begins_after_the_rows_of_who_passed_and_where_this_began_for_who_failed()
    {
        var first = Pass([], Daily(0), Minute(0)).Tails;
        Assert.Equal(2, first.Count);
        var second = Pass(first, Daily(1), Minute(1) with { Open = null });
        Assert.Equal(
            [("1d", Daily(1).EndUs), ("1m", Minute(0).EndUs)], second.Tails.Select(tail => (tail.Series.Interval, tail.EndUs)));

        // Nothing new of the days: nothing to say of them, and their place stays.
        var third = Pass(second.Tails, Minute(1));
        Assert.Null(third.Reports.Of("1d"));
        Assert.True(third.Reports.Of("1m")!.IsPassed);
        Assert.Equal([Daily(1).EndUs, Minute(1).EndUs], third.Tails.Select(tail => tail.EndUs));
    }

    [Fact]
    public void An_interval_is_as_stale_as_the_latest_row_of_all_says()
    {
        var reports = Pass([], Minute(0), Daily(20)).Reports;
        Assert.Equal(QualityStatus.Warned, reports.Of("1m")!.Of(QualityCheck.Freshness).Status);
        Assert.Equal(QualityStatus.Passed, reports.Of("1d")!.Of(QualityCheck.Freshness).Status);
    }

    static (IntervalReports Reports, IReadOnlyList<SeriesTail> Tails) Pass(IEnumerable<SeriesTail> tails, params QualityRow[] rows)
    {
        var gates = new IntervalGates(new QualityOptions(), _ => QualityRows.Calendar, [], AcknowledgedRows.Empty, tails);
        foreach (var row in rows) gates.Add(row);
        var reports = gates.Complete(eventTimeUs: null);
        return (reports, gates.TailsAfter(reports));
    }

    static QualityRow Daily(int session) => QualityRows.Daily(session);

    static QualityRow Minute(int minute)
    {
        var startUs = QualityRows.Daily(0).StartUs + (minute * 60_000_000L);
        return QualityRows.Row(s_minutes, startUs, startUs + 60_000_000);
    }
}
