using Kafka.Stock.Contracts;
using Kafka.Stock.TestKit;

namespace Kafka.Stock.Trainer.Tests;

/// <summary>What the theorems promise, beside what came.</summary>
public sealed class BoundTests
{
    [Theory, InlineData(1UL), InlineData(2UL), InlineData(3UL)]
    public void Regret_and_coverage_stay_within_their_bounds_and_both_are_published(ulong seed)
    {
        var log = new FoldUnderTest().Feed(SampleBars.RandomWalk(seed, 1_500)).Log;
        var scores = log.Of<Score>();
        Assert.All(scores, score => Assert.True(score.Regret <= score.RegretBound, $"regret {score.Regret} over {score.RegretBound}"));
        var bound = scores[^1].RegretBound;
        Assert.True(bound < 0.25 * scores.Count, $"a bound of {bound} over {scores.Count} rounds says nothing");
        foreach (var interval in scores.SelectMany(score => score.Strategies).SelectMany(strategy => strategy.Intervals))
            Assert.True(Math.Abs(interval.Coverage - interval.Level) <= interval.CoverageBound + 1e-9, $"{interval}");

        var last = scores[^1].Strategies[^1].Intervals[1];
        var bounded = scores.Select(score => score.Strategies[^1].Intervals[1]).Where(item => item.Kind != IntervalKind.Warming).ToList();
        Assert.Equal((double)bounded.Count(item => item.Hit) / bounded.Count, last.Coverage, 12);
        Assert.InRange(last.CoverageBound, 0.1, 0.2);
        Assert.DoesNotContain(log.Of<DriftAlarm>(), alarm => alarm.Detector.EndsWith("-bound", StringComparison.Ordinal));
    }

    [Fact]
    public void Regret_is_the_loss_above_the_best_expert()
    {
        var log = new FoldUnderTest().Feed(SampleBars.RandomWalk(4, 700)).Log;
        var scales = log.Of<Forecast>().ToDictionary(forecast => forecast.MadeAtUs);
        var batches = FoldUnderTest.BatchesOf(SampleBars.RandomWalk(4, 700)).ToDictionary(batch => batch.BarEndUs);
        var sums = new double[Strategies.All.Count];
        foreach (var score in log.Of<Score>())
        {
            Assert.True(scales.ContainsKey(score.MadeAtUs));
            var scale = batches[score.MadeAtUs].Scale;
            var label = Math.Clamp(score.ActualReturn / scale, -5, 5);
            for (var i = 0; i < sums.Length; i++) sums[i] += Math.Abs((score.Strategies[i].PredictedReturn / scale) - label);
            Assert.Equal(sums[^1] - sums[..^1].Min(), score.Regret, 9);
        }
    }
}
