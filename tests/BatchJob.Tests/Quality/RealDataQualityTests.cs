using Kafka.Stock.Contracts;
using Kafka.Stock.TestKit;

namespace Kafka.Stock.BatchJob.Tests;

/// <summary>What the gate says of real market data, whose quirks are known: data/README.md names them.</summary>
public sealed class RealDataQualityTests
{
    static readonly QualityOptions s_manySamples = new() { SamplesMax = 100 };

    [SkippableFact]
    public void Fourteen_daily_series_pass_with_warnings_at_their_known_quirks_and_nowhere_else()
    {
        var report = QualityRows.Check(QualityRows.Gate(s_manySamples), Files("daily").SelectMany(QualityRows.DailyFile));

        Assert.True(report.IsPassed);
        Assert.Null(report.Refusal("silver/bars"));
        Assert.Equal(63_314, report.Of(QualityCheck.Size).RowsChecked);
        // 2003-08-15 is the day after the blackout; QQQ traded as QQQQ for six years.
        Assert.Equal(["EEM 2003-08-18", "QQQ 2011-03-23"], Named(report.Of(QualityCheck.Gaps)));
        Assert.Contains("missing bars: 1588,", report.Of(QualityCheck.Gaps).Samples[1].Found, StringComparison.Ordinal);
        Assert.Equal(
            ["AAPL 2000-09-29", "AIG 2008-09-15", "AIG 2008-09-19", "AIG 2009-03-16", "AIG 2009-08-05"],
            Named(report.Of(QualityCheck.Jumps)));
        Assert.Equal(
            [
                "AAPL 2009-09-21", "AAPL 2010-08-31", "AAPL 2011-01-03", "AIG 2009-05-05", "GOOGL 2007-12-18", "GOOGL 2008-09-30",
                "IWM 2008-09-19",
            ],
            Named(report.Of(QualityCheck.Spikes)));
        Assert.Equal(QualityStatus.Passed, report.Of(QualityCheck.Freshness).Status);
        Assert.Equal("AAPL.csv:694", report.Of(QualityCheck.Jumps).Samples[0].Place);
    }

    [SkippableFact]
    public void A_volume_of_zero_is_a_volume()
    {
        var rows = QualityRows.DailyFile(SharedFiles.PathTo("data/daily/BNO.csv")).ToList();
        Assert.Equal(26, rows.Count(row => row.Volume == 0));
        var report = QualityRows.Check(QualityRows.Gate(), rows);
        Assert.All(report.Results, result => Assert.Equal(QualityStatus.Passed, result.Status));
    }

    /// <summary>As traded, each split is a jump, until the corporate action says why.</summary>
    [SkippableFact]
    public void A_split_in_raw_prices_is_a_jump_unless_the_corporate_action_is_there()
    {
        var rows = QualityRows.DailyFile(SharedFiles.PathTo("data/daily_raw/AAPL.csv")).ToList();
        Assert.Equal(
            ["2000-09-29", "2014-06-09", "2020-08-31"], QualityRows.Check(QualityRows.Gate(), rows).Of(QualityCheck.Jumps).Days());

        CorporateAction[] splits = [Split("AAPL", new DateOnly(2014, 6, 9), 7), Split("AAPL", new DateOnly(2020, 8, 31), 4)];
        var explained = QualityRows.Check(QualityRows.Gate(actions: splits), rows);
        Assert.Equal(["2000-09-29"], explained.Of(QualityCheck.Jumps).Days());
        var anothers = splits.Select(split => split with { Source = "iex" }).ToArray();
        Assert.Equal(3, QualityRows.Check(QualityRows.Gate(actions: anothers), rows).Of(QualityCheck.Jumps).RowsBad);
    }

    /// <summary>The trap of adjusting twice: prices that are adjusted already, and an action that says they aren't.</summary>
    [SkippableFact]
    public void A_split_applied_to_adjusted_prices_is_a_jump()
    {
        var rows = QualityRows.DailyFile(SharedFiles.PathTo("data/daily/AAPL.csv"));
        var report = QualityRows.Check(QualityRows.Gate(actions: [Split("AAPL", new DateOnly(2014, 6, 9), 7)]), rows);
        Assert.Equal(["2000-09-29", "2014-06-09"], report.Of(QualityCheck.Jumps).Days());
    }

    [SkippableFact]
    public void Minute_bars_have_holes_without_trades_that_are_no_gaps()
    {
        var rows = Files("minute").Where(file => file.Contains("2013-10", StringComparison.Ordinal)).SelectMany(QualityRows.MinuteFile);
        var report = QualityRows.Check(QualityRows.Gate(), rows);
        Assert.All(report.Results, result => Assert.Equal(QualityStatus.Passed, result.Status));
    }

    [SkippableFact]
    public void A_split_over_a_weekend_is_a_jump_of_minute_bars()
    {
        var files = Files("minute").Where(file => file.Contains("AAPL", StringComparison.Ordinal));
        var rows = files.SelectMany(QualityRows.MinuteFile).ToList();
        Assert.Equal(["2014-06-09"], QualityRows.Check(QualityRows.Gate(), rows).Of(QualityCheck.Jumps).Days());
        var gate = QualityRows.Gate(actions: [Split("AAPL", new DateOnly(2014, 6, 9), 7)]);
        Assert.Equal(0, QualityRows.Check(gate, rows).Of(QualityCheck.Jumps).RowsBad);
    }

    [SkippableFact]
    public void Asked_to_fail_on_gaps_it_refuses_and_names_the_row()
    {
        var gate = QualityRows.Gate(new QualityOptions { FailOn = ["gaps"] });
        var report = QualityRows.Check(gate, QualityRows.DailyFile(SharedFiles.PathTo("data/daily/QQQ.csv")));
        var refusal = report.Refusal("silver/bars");
        Assert.NotNull(refusal);
        Assert.Contains("QQQ/1d/csv 2011-03-23T20:00:00Z at QQQ.csv:1443: missing bars: 1588", refusal.Message, StringComparison.Ordinal);
    }

    static IEnumerable<string> Files(string folder) =>
        Directory.GetFiles(SharedFiles.PathTo($"data/{folder}"), "*.csv").Order(StringComparer.Ordinal);

    static IEnumerable<string> Named(QualityResult result) =>
        result.Samples.Select(sample => $"{sample.Series!.Value.Symbol} {QualityRows.Day(sample.EndUs)}");

    static CorporateAction Split(string symbol, DateOnly day, int ratio) =>
        new(symbol, "csv", CorporateActionKind.Split, QualityRows.Calendar.DayStartUs(day), 1.0 / ratio, ratio, Sequence: 1);
}
