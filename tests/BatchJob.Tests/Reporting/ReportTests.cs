using Kafka.Stock.Contracts;
using Kafka.Stock.Learning;

namespace Kafka.Stock.BatchJob.Tests.Reporting;

public sealed class ReportTests
{
    static readonly ReportOptions s_all = new() { FirstBar = 1 };
    static readonly double[] s_closes = [100, 101, 99, 99, 104, 103];

    [Fact]
    public void Scores_are_the_sums_of_their_definitions()
    {
        double[] predicted = [0.01, -0.005, 0.002, 0.03, 0.001, 0];
        var journal = SampleJournal.ByHand(s_closes, i => (predicted[i], 0.98 * s_closes[i], 1.03 * s_closes[i]));
        var row = Row(Report.Of(journal, s_all), "X/1d/csv", "all", "aggregate");

        double[] actual = [.. s_closes.Zip(s_closes.Skip(1)).Select(pair => Math.Log(pair.Second / pair.First))];
        double[] errors = [.. actual.Zip(predicted).Select(pair => pair.First - pair.Second)];
        Assert.Equal(5, row.Rows);
        Assert.Equal(errors.Average(Math.Abs), row.Mae!.Value, 1e-15);
        Assert.Equal(Math.Sqrt(errors.Average(error => error * error)), row.Rmse!.Value, 1e-15);
        Assert.Equal(errors.Sum(Math.Abs) / actual.Sum(Math.Abs), row.Mase!.Value, 1e-14);
        Assert.Equal(1 - (errors.Sum(error => error * error) / actual.Sum(one => one * one)), row.RSquared!.Value, 1e-14);
        Assert.Equal(3.0 / 4, row.DirectionalAccuracy!.Value, 1e-15); // the third return is 0
        var dollars = s_closes.Skip(1).Select((close, i) => Math.Abs(close - (s_closes[i] * Math.Exp(predicted[i])))).Sum();
        Assert.Equal(dollars / s_closes.Zip(s_closes.Skip(1)).Sum(pair => Math.Abs(pair.Second - pair.First)),
            row.RelativeMae!.Value, 1e-14);
        Assert.Equal(4.0 / 5, row.Coverage!.Value, 1e-15); // 104 is above 1.03 x 99
        var width = Math.Log(1.03) - Math.Log(0.98);
        Assert.Equal(width + (20 * (actual[3] - Math.Log(1.03)) / 5), row.Winkler!.Value, 1e-13);
        Assert.Equal(row.Winkler!.Value * 0.1 / 4, row.Pinball!.Value, 1e-13); // both bounds: alpha/2 of Winkler, halved
    }

    [Fact]
    public void The_naive_strategy_scores_one_and_is_tested_against_nothing()
    {
        var row = Row(Report.Of(SampleJournal.Run.Value, SampleJournal.Early), "pooled", "all", "naive");
        Assert.Equal(1.0, row.Mase);
        Assert.Equal(1.0, row.RelativeMae);
        Assert.Equal(0.0, row.RSquared);
        Assert.Null(row.DieboldMarianoNaive);
        Assert.Null(row.EvidenceNaive);
        Assert.Null(row.DirectionalAccuracy);
    }

    [Fact]
    public void An_unbounded_interval_is_a_hit_without_a_Winkler_score_and_is_counted()
    {
        var journal = SampleJournal.ByHand(s_closes, i => i == 1 ? (0, null, null) : (0, s_closes[i] * 0.5, s_closes[i] * 2));
        var row = Row(Report.Of(journal, s_all), "X/1d/csv", "all", "aggregate");
        Assert.Equal((5, 1), (row.Rows, row.Unbounded));
        Assert.Equal(1.0, row.Coverage);
        Assert.Equal(Math.Log(2) - Math.Log(0.5), row.Winkler!.Value, 1e-13);
    }

    [Fact]
    public void Series_of_one_interval_are_pooled_and_years_make_up_the_whole_range()
    {
        var report = Report.Of(SampleJournal.Run.Value, SampleJournal.Early);
        foreach (var strategy in (string[])["online", "aggregate"])
        {
            var pooled = Row(report, "pooled", "all", strategy);
            var series = report.Rows
                .Where(row => row is { Period: "all", Level: 0.9 } && row.Series != "pooled" && row.Strategy == strategy)
                .ToList();
            Assert.Equal(3, series.Count);
            Assert.Equal(pooled.Rows, series.Sum(row => row.Rows));
            Assert.Equal(pooled.Mae!.Value, series.Sum(row => row.Mae!.Value * row.Rows) / pooled.Rows, 1e-14);
            Assert.Equal(pooled.RelativeMae!.Value, series.Average(row => row.RelativeMae!.Value), 1e-14);
            var years = report.Rows.Where(row => row is { Series: "pooled", Level: 0.9 } && row.Period != "all" && row.Strategy == strategy)
                .ToList();
            Assert.Equal(["2011", "2012"], years.Select(row => row.Period));
            Assert.Equal(pooled.Rows, years.Sum(row => row.Rows));
            Assert.Equal(pooled.Coverage!.Value, years.Sum(row => row.Coverage!.Value * row.Rows) / pooled.Rows, 1e-14);
        }
    }

    [Fact]
    public void Intervals_are_never_pooled_with_each_other()
    {
        var journal = SampleJournal.ByHand(s_closes, i => (0, 1, 1_000));
        var minute = new SeriesId("X", "1m", "csv");
        foreach (var i in (int[])[0, 1])
        {
            journal.Publish(StockTopics.Bars, "X", SampleJournal.Bar(minute, SampleJournal.EndUs(0) + i, 10));
        }

        Assert.Equal(["1d"], Report.Of(journal, s_all).Rows.Select(row => row.Interval).Distinct());
    }

    [Fact]
    public void Tests_of_skill_are_those_of_daily_means_of_scaled_losses()
    {
        var journal = SampleJournal.Run.Value;
        var row = Row(Report.Of(journal, SampleJournal.Early), "pooled", "all", "online");
        var byDay = new SortedDictionary<int, List<double>>();
        foreach (var series in journal.Series)
        {
            var (naive, online) = (Columns(series, "naive"), Columns(series, "online"));
            foreach (var (at, day) in ScoredRows.Of(series, SampleJournal.Early))
            {
                var y = series.ActualReturns[at];
                var difference = Math.Abs(y - naive.PredictedReturns[at]) - Math.Abs(y - online.PredictedReturns[at]);
                if (!byDay.TryGetValue(day.DayNumber, out var list)) byDay[day.DayNumber] = list = [];
                list.Add(difference / series.Scales[at]);
            }
        }

        double[] differences = [.. byDay.Values.Select(list => list.Average())];
        Assert.Equal(400, differences.Length);
        Assert.Equal(DieboldMariano.Test(differences, 1, 5).PValue, row.DieboldMarianoNaive!.Value, 1e-9);
        var evidence = new EProcess();
        foreach (var difference in differences) evidence.Add(difference);
        Assert.Equal(evidence.Wealth, row.EvidenceNaive!.Value, 1e-9);
        Assert.Equal(evidence.WealthMax, row.EvidenceNaiveMax!.Value, 1e-9);
    }

    [Fact]
    public void Only_forecasts_of_the_range_that_are_warm_and_have_a_label_count()
    {
        var journal = SampleJournal.Run.Value;
        var options = new ReportOptions { FirstBar = 400, From = new DateOnly(2011, 9, 1), To = new DateOnly(2011, 10, 31) };
        var rows = Report.Of(journal, options).Rows;
        Assert.Equal(["2011", "all"], rows.Where(row => row.Series == "pooled").Select(row => row.Period).Distinct());
        var sessions = Enumerable.Range(0, 61).Count(i => options.Calendar.TryGetSession(new DateOnly(2011, 9, 1).AddDays(i), out _));
        Assert.All(rows.Where(row => row.Series != "pooled"), row => Assert.Equal(sessions, row.Rows));
        var late = Report.Of(journal, new ReportOptions { FirstBar = 699 }).Rows.First(row => row.Series == "S0/1d/csv");
        Assert.Equal(1, late.Rows); // the forecast of bar 700 has no label
    }

    [Fact]
    public void A_hole_makes_a_series_count_its_bars_anew()
    {
        var series = new SeriesId("X", "1d", "csv");
        var journal = new ForecastJournal(restartAfterDays: 30);
        foreach (var day in (int[])[0, 1, 2, 32, 33, 64, 65])
            journal.Publish(StockTopics.Bars, "X", SampleJournal.Bar(series, SampleJournal.EndUs(day), 10));
        Assert.Equal([1, 2, 3, 4, 5, 1, 2], journal.Series.Single().BarNumbers.ToArray());
    }

    [Fact]
    public void Changing_the_future_changes_no_score_of_the_past()
    {
        var records = SampleWalks.Of(seed: 7, sessions: 700, symbols: 3);
        var cut = 3 * 600;
        var changed = records.Take(cut).Concat(records.Skip(cut).Cast<SourceBar>().Select(bar => (object)(bar with
        {
            Close = new Price(bar.Close.Micros / 2),
            Low = new Price(bar.Low.Micros / 3),
        })));
        var until = new ReportOptions().DayOf(((SourceBar)records[cut - 4]).EndUs);
        var options = SampleJournal.Early with { To = until };
        Assert.Equal(
            Report.Of(SampleJournal.Run.Value, options).Rows,
            Report.Of(SampleJournal.Of(changed), options).Rows);
    }

    static ReportRow Row(Report report, string series, string period, string strategy) =>
        report.Find("1d", series, period, strategy, 0.9) ?? throw new InvalidOperationException($"no row {series} {period} {strategy}");

    static StrategyColumns Columns(SeriesJournal series, string strategy) => series.Columns.First(columns => columns.Strategy == strategy);
}
