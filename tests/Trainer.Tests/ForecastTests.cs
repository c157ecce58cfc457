using Kafka.Stock.Contracts;
using Kafka.Stock.TestKit;

namespace Kafka.Stock.Trainer.Tests;

public sealed class ForecastTests
{
    [Fact]
    public void Each_micro_batch_gives_one_forecast_of_every_strategy_and_level()
    {
        var log = new FoldUnderTest().Feed(SampleBars.RandomWalk(1, 100)).Log;
        var forecasts = log.Of<Forecast>();
        Assert.Equal(40, forecasts.Count);
        Assert.All(forecasts, forecast =>
        {
            Assert.Equal(Strategies.All, forecast.Strategies.Select(strategy => strategy.Strategy));
            Assert.All(
                forecast.Strategies,
                strategy => Assert.Equal([0.8, 0.9, 0.95], strategy.Intervals.Select(interval => interval.Level)));
            Assert.Equal("aggregate", forecast.Served);
            Assert.True(forecast.TargetTimeUs > forecast.MadeAtUs);
        });
    }

    [Fact]
    public void The_naive_forecast_is_the_last_close_to_the_bit()
    {
        var forecasts = new FoldUnderTest().Feed(SampleBars.RandomWalk(1, 100)).Log.Of<Forecast>();
        Assert.All(forecasts, forecast => Assert.Equal(forecast.LastClose, forecast.Strategies[0].PredictedClose));
    }

    [Fact]
    public void Friday_forecasts_Monday()
    {
        var forecasts = new FoldUnderTest().Feed(SampleBars.RandomWalk(1, 100)).Log.Of<Forecast>();
        var friday = forecasts.First(forecast => Day(forecast.MadeAtUs) == DayOfWeek.Friday);
        Assert.Equal(DayOfWeek.Monday, Day(friday.TargetTimeUs));
    }

    [Fact]
    public void The_first_forecast_of_a_seeded_network_says_no_change_and_names_its_model()
    {
        var first = new FoldUnderTest().Feed(SampleBars.RandomWalk(1, 61)).Log.Of<Forecast>()[0].Strategies[2];
        Assert.Equal(0, first.PredictedReturn);
        Assert.Equal(0, first.Steps);
        Assert.Equal(64, first.ModelId.Length);
    }

    [Fact]
    public void The_online_network_steps_once_a_micro_batch_with_rows()
    {
        var steps = new List<LearningStep>();
        var log = new FoldUnderTest(onStep: steps.Add).Feed(SampleBars.RandomWalk(1, 100)).Log;
        Assert.Equal(
            Enumerable.Range(0, 40).Select(step => (long)step),
            log.Of<Forecast>().Select(forecast => forecast.Strategies[2].Steps));
        Assert.Equal([0, 1, 2, 3, 4, 4], steps.Take(6).Select(step => step.BatchSize));
        Assert.False(steps[0].Applied);
        Assert.All(steps.Skip(1), step => Assert.True(step.Applied && double.IsFinite(step.Loss)));
        Assert.Equal(log.Of<Forecast>()[^1].Strategies[^1].PredictedClose, steps[^1].PredictedClose);
        Assert.NotEqual(0, log.Of<Forecast>()[^1].Strategies[2].PredictedReturn);
    }

    [Fact]
    public void Wider_levels_hold_the_narrower_ones_while_the_interval_warms()
    {
        var forecasts = new FoldUnderTest().Feed(SampleBars.RandomWalk(1, 100)).Log.Of<Forecast>();
        Assert.All(forecasts.SelectMany(forecast => forecast.Strategies), strategy =>
        {
            var intervals = strategy.Intervals;
            Assert.All(intervals, interval => Assert.Equal(IntervalKind.Warming, interval.Kind));
            Assert.True(intervals[2].Lower < intervals[1].Lower && intervals[1].Lower < intervals[0].Lower);
            Assert.True(intervals[0].Upper < intervals[1].Upper && intervals[1].Upper < intervals[2].Upper);
            Assert.InRange(strategy.PredictedClose, intervals[0].Lower!.Value, intervals[0].Upper!.Value);
        });
    }

    [Fact]
    public void After_200_scores_the_interval_is_conformal_and_covers_what_it_promises()
    {
        var log = new FoldUnderTest().Feed(SampleBars.RandomWalk(2, 1_500)).Log;
        var forecasts = log.Of<Forecast>();
        Assert.Equal(IntervalKind.Warming, forecasts[199].Strategies[0].Intervals[1].Kind);
        Assert.Equal(IntervalKind.Bounded, forecasts[200].Strategies[0].Intervals[1].Kind);
        var hits = log.Of<Score>().Skip(200).Average(score => score.Strategies[2].Intervals[1].Hit ? 1.0 : 0);
        Assert.InRange(hits, 0.87, 0.93);
    }

    [Fact]
    public void Nothing_that_is_published_is_infinite_or_no_number()
    {
        var bars = SampleBars.RandomWalk(7, 500);
        for (var i = 80; i < 160; i++)
        {
            var flat = new Price(1_000_000);
            bars[i] = bars[i] with { Open = flat, High = flat, Low = flat, Close = flat, Volume = 0 };
        }

        for (var i = 300; i < 320; i++)
        {
            var price = new Price(i % 2 == 0 ? 1 : 900_000_000_000_000);
            bars[i] = bars[i] with { Open = price, High = price, Low = price, Close = price };
        }

        var log = new FoldUnderTest().Feed(bars).Log;
        Assert.Equal(440, log.Of<Forecast>().Count);
        foreach (var strategy in log.Of<Forecast>().SelectMany(forecast => forecast.Strategies))
        {
            Assert.True(double.IsFinite(strategy.PredictedClose) && strategy.PredictedClose > 0);
            Assert.All(strategy.Intervals, interval =>
            {
                var finite = interval.Lower is { } low && double.IsFinite(low)
                    && interval.Upper is { } high && double.IsFinite(high);
                Assert.Equal(interval.Kind != IntervalKind.Unbounded, finite);
            });
        }

        Assert.All(log.Of<Score>().SelectMany(score => score.Strategies), strategy => Assert.True(double.IsFinite(strategy.AbsoluteError)));
    }

    static DayOfWeek Day(long timeUs) => DateTime.UnixEpoch.AddMicroseconds(timeUs).DayOfWeek;
}
