using Kafka.Stock.Contracts;

namespace Kafka.Stock.BatchJob.Tests.Reporting;

public sealed class ForecastJournalTests
{
    static readonly SeriesId s_series = new("X", "1d", "csv");

    [Fact]
    public void It_keeps_what_a_run_published_of_every_strategy()
    {
        var records = SampleWalks.Of(seed: 3, sessions: 90, symbols: 2);
        var log = Simulated.Run(records, new SimulationOptions { Schedule = RetrainSchedule.Never });
        var journal = SampleJournal.Of(records);
        foreach (var series in journal.Series)
        {
            var forecasts = log.Of<Forecast>().Where(forecast => forecast.Series == series.Series).ToList();
            var scores = log.Of<Score>().Where(score => score.Series == series.Series).ToDictionary(score => score.MadeAtUs);
            Assert.Equal((30, 29), (forecasts.Count, scores.Count));
            Assert.Equal(forecasts[0].Strategies.Select(strategy => strategy.Strategy), series.Strategies);
            for (var i = 0; i < forecasts.Count; i++) Equal(forecasts[i], scores.GetValueOrDefault(forecasts[i].MadeAtUs), series, i);
        }
    }

    [Fact]
    public void Refreshes_of_one_day_share_a_label_and_leave_the_final_forecast_its_own()
    {
        var journal = new ForecastJournal();
        journal.Publish(StockTopics.Bars, "X", SampleJournal.Bar(s_series, 10, 5));
        foreach (var (madeAtUs, isProvisional) in ((long, bool)[])[(10, false), (11, true), (12, true), (12, false)])
            journal.Publish(StockTopics.Forecasts, "X", Forecast(madeAtUs, isProvisional));
        foreach (var (madeAtUs, isProvisional, close) in (
            (long, bool, double)[])[(12, false, 8), (10, false, 6), (11, true, 6), (12, true, 7)])
            journal.Publish(StockTopics.Scores, "X", Score(madeAtUs, isProvisional, close));
        Assert.Equal([6, 6, 7, 8], journal.Series.Single().ActualCloses.ToArray());
    }

    [Fact]
    public void Alarms_promotions_decisions_and_counts_are_kept_in_order()
    {
        var journal = new ForecastJournal();
        journal.Publish(StockTopics.Drift, "X", new DriftAlarm(s_series, 5, "adwin", "aggregate", 1, 2, 3));
        journal.Publish(StockTopics.MicroBatches, "X", new ModelPromotion(s_series, "ab", 1, 2, 3, new byte[4], default, "{}"));
        journal.Publish(StockTopics.Decisions, "1d", new RetrainDecision { Interval = "1d", Reason = "why" });
        journal.Count(FoldEvent.LateTick);
        journal.Count(FoldEvent.LateTick);
        Assert.Equal("adwin", Assert.Single(journal.Alarms).Detector);
        Assert.Equal(("ab", 2), (Assert.Single(journal.Promotions).ModelId, journal.Promotions[0].EffectiveFromUs));
        Assert.Equal("why", Assert.Single(journal.Decisions).Reason);
        Assert.Equal((2, 0), (journal.Counted(FoldEvent.LateTick), journal.Counted(FoldEvent.Duplicate)));
        Assert.Equal(0, journal.Forecasts);
    }

    static void Equal(Forecast forecast, Score? score, SeriesJournal series, int at)
    {
        Assert.Equal(forecast.MadeAtUs, series.MadeAtUs[at]);
        Assert.Equal(forecast.LastClose, series.LastCloses[at]);
        Assert.Equal(score?.ActualClose ?? double.NaN, series.ActualCloses[at]);
        Assert.Equal(score?.ActualReturn ?? double.NaN, series.ActualReturns[at]);
        foreach (var (strategy, columns) in forecast.Strategies.Zip(series.Columns))
        {
            Assert.Equal(strategy.PredictedClose, columns.PredictedCloses[at]);
            Assert.Equal((float)strategy.Weight, columns.Weights[at]);
            Assert.Equal(strategy.Steps, columns.Steps[at]);
            for (var level = 0; level < series.Levels.Count; level++)
            {
                Assert.Equal(strategy.Intervals[level].Lower ?? double.NaN, columns.Lowers(level)[at]);
                Assert.Equal(strategy.Intervals[level].Upper ?? double.NaN, columns.Uppers(level)[at]);
                Assert.Equal(strategy.Intervals[level].Kind, columns.Kind(level, at));
            }
        }
    }

    static Forecast Forecast(long madeAtUs, bool isProvisional) =>
        new() { Series = s_series, MadeAtUs = madeAtUs, LastClose = 5, Scale = 1, Provisional = isProvisional };

    static Score Score(long madeAtUs, bool isProvisional, double close) =>
        new() { Series = s_series, MadeAtUs = madeAtUs, ActualClose = close, LastClose = 5, Provisional = isProvisional };
}
