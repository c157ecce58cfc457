using Kafka.Stock.Contracts;
using Kafka.Stock.Learning;
using Kafka.Stock.TestKit;

namespace Kafka.Stock.Trainer.Tests;

public sealed class LinearExpertTests
{
    static readonly IReadOnlyList<MicroBatch> s_batches = FoldUnderTest.BatchesOf(SampleBars.RandomWalk(6, 700));

    [Fact]
    public void Ar1_is_what_least_squares_on_the_labels_before_say()
    {
        var forecasts = new FoldUnderTest().Feed(s_batches).Log.Of<Forecast>();
        var (products, squares) = (0.0, 0.0);
        for (var i = 0; i < s_batches.Count; i++)
        {
            // The label of the bar before is this bar's return: with the input at that bar it is a row.
            if (i > 1)
            {
                var (before, label) = (s_batches[i - 1], s_batches[i].Rows[^1]);
                var input = (double)(float)Math.Clamp(before.Rows[^1].TargetReturn / before.Scale, -5, 5);
                products += input * Math.Clamp(label.TargetReturn / label.Scale, -5, 5);
                squares += input * input;
            }

            var batch = s_batches[i];
            var last = batch.Rows.Count == 0 ? 0 : (float)Math.Clamp(batch.Rows[^1].TargetReturn / batch.Scale, -5, 5);
            var expected = Math.Clamp(products / (1_000 + squares) * last, -0.5, 0.5) * batch.Scale;
            Assert.Equal(expected, Of(forecasts[i], Strategies.Ar1).PredictedReturn, 1e-12);
        }
    }

    [Fact]
    public void Ridge_learns_the_newest_row_of_each_micro_batch_once()
    {
        var forecasts = new FoldUnderTest().Feed(s_batches).Log.Of<Forecast>();
        var ridge = new LinearForecaster(s_batches[0].Features.Length, LinearForecaster.RidgePrior);
        for (var i = 0; i < s_batches.Count; i++)
        {
            var batch = s_batches[i];
            if (batch.Rows.Count > 0) ridge.Learn(batch.Rows[^1].Features, batch.Rows[^1].TargetReturn / batch.Rows[^1].Scale);
            var expected = Math.Clamp(ridge.Predict(batch.Features), -0.5, 0.5) * batch.Scale;
            Assert.Equal(expected, Of(forecasts[i], Strategies.Ridge).PredictedReturn, 1e-12);
        }
    }

    [Fact]
    public void A_planted_memory_is_found_by_ar1_and_reaches_what_is_served()
    {
        var last = new FoldUnderTest().Feed(WithMemory(0.3, 2_500)).Log.Of<Score>()[^1];
        var mase = last.Strategies.ToDictionary(strategy => strategy.Strategy, strategy => strategy.Mase!.Value);
        Assert.InRange(mase[Strategies.Ar1], 0.9, 0.98);
        Assert.InRange(mase[Strategies.Aggregate], 0.9, 0.985);
    }

    /// <summary>Daily bars whose close-to-close returns depend on the one before.</summary>
    static List<SourceBar> WithMemory(double memory, int count)
    {
        var bars = SampleBars.RandomWalk(9, count);
        var (before, close) = (0.0, 100.0);
        var random = new KeyedRandom(4, 4, 4);
        for (var i = 0; i < bars.Count; i++)
        {
            var change = (memory * before) + (0.04 * (random.Uniform((uint)i) - 0.5));
            var open = close;
            close *= 1 + change;
            before = change;
            bars[i] = bars[i] with
            {
                Open = SampleBars.Dollars(open),
                High = SampleBars.Dollars(Math.Max(open, close) * 1.001),
                Low = SampleBars.Dollars(Math.Min(open, close) * 0.999),
                Close = SampleBars.Dollars(close),
            };
        }

        return bars;
    }

    static StrategyForecast Of(Forecast forecast, string strategy) => forecast.Strategies.Single(item => item.Strategy == strategy);
}
