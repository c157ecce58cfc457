using Kafka.Stock.Contracts;
using Kafka.Stock.Learning;
using Kafka.Stock.TestKit;

namespace Kafka.Stock.Trainer.Tests;

/// <summary>A known defect of hand-made systems: the model is scored on rows that it was fitted on, and shows a skill that nobody can
/// use.</summary>
public sealed class ScoredOnTrainingRowsTests
{
    static readonly List<SourceBar> s_bars = SampleBars.RandomWalk(29, 460);
    static readonly TrainerOptions s_eager = new() { Adam = new AdamOptions { LearningRate = 1e-2, WeightDecay = 0 } };

    /// <summary>The network of ours, asked again after it has learnt from the row: a random walk becomes predictable.</summary>
    [Fact]
    public void The_mistake_shows_skill_on_a_random_walk()
    {
        var rows = NewestRows.Of(s_bars).ToList();
        var shape = new NetworkShape(rows[0].Features.Length, 64);
        var learner = new NetworkLearner(
            Network.Seeded(shape, new KeyedRandom(1, 2, 3)), s_eager.Adam, new LearnerScratch(shape, 32));
        float[] labels = [.. rows.Select(row => (float)Math.Clamp(row.TargetReturn / row.Scale, -5, 5))];
        for (var epoch = 0; epoch < 40; epoch++)
        {
            for (var i = 0; i + 32 <= rows.Count; i += 32)
                learner.Learn([.. rows.Skip(i).Take(32).SelectMany(row => row.Features)], labels.AsSpan(i, 32));
        }

        var shown = NewestRows.Skill(rows.Select((row, i) => ((double)learner.Predict(row.Features), (double)labels[i])));
        Assert.True(shown > 0.05, $"skill {shown}");
        Assert.True(shown > 0.05 + SkillOfOurs("online"), $"mistake {shown}, ours {SkillOfOurs("online")}");
    }

    [Fact]
    public void Ours_shows_none_there()
    {
        foreach (var strategy in Strategies.All)
            Assert.True(SkillOfOurs(strategy) < 0.03, $"{strategy}: skill {SkillOfOurs(strategy)}");
    }

    /// <summary>A score is of the very number that was published before the label came, not of what the model says now.</summary>
    [Fact]
    public void A_score_is_of_the_forecast_that_was_published_before_its_label_was_learnt()
    {
        var fold = new FoldUnderTest(s_eager).Feed(s_bars);
        var forecasts = fold.Log.Of<Forecast>().ToDictionary(forecast => forecast.MadeAtUs);
        var scores = fold.Log.Of<Score>();
        Assert.Equal(forecasts.Count - 1, scores.Count);
        foreach (var score in scores)
        {
            var forecast = forecasts[score.MadeAtUs];
            for (var i = 0; i < forecast.Strategies.Length; i++)
            {
                Assert.Equal(
                    Math.Abs(score.ActualReturn - forecast.Strategies[i].PredictedReturn), score.Strategies[i].AbsoluteError, 1e-15);
            }
        }

        var other = s_bars.ToList();
        other[^1] = other[^1] with { High = new(other[^1].Close.Micros * 2), Close = new(other[^1].Close.Micros * 2) };
        var changed = new FoldUnderTest(s_eager).Feed(other).Log.Of<Forecast>();
        Assert.Equal(
            fold.Log.Of<Forecast>()[^2].Strategies.Select(one => one.PredictedReturn),
            changed[^2].Strategies.Select(one => one.PredictedReturn));
    }

    static double SkillOfOurs(string strategy)
    {
        var fold = new FoldUnderTest(s_eager).Feed(s_bars);
        var actual = fold.Log.Of<Score>().ToDictionary(score => score.MadeAtUs, score => score.ActualReturn);
        return NewestRows.Skill(fold.Log.Of<Forecast>().Where(forecast => actual.ContainsKey(forecast.MadeAtUs)).Select(
            forecast => (forecast.Strategies.Single(one => one.Strategy == strategy).PredictedReturn, actual[forecast.MadeAtUs])));
    }
}
