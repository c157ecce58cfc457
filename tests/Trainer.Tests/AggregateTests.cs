using Kafka.Stock.Contracts;
using Kafka.Stock.TestKit;

namespace Kafka.Stock.Trainer.Tests;

/// <summary>The served forecast is the experts' weighted mean, and is never much worse than the best of them.</summary>
public sealed class AggregateTests
{
    [Fact]
    public void It_is_the_mean_of_the_experts_by_the_weights_that_are_published_with_it()
    {
        foreach (var forecast in new FoldUnderTest().Feed(SampleBars.RandomWalk(1, 500)).Log.Of<Forecast>())
        {
            var experts = forecast.Strategies[..^1];
            Assert.Equal(1, experts.Sum(expert => expert.Weight), 1e-12);
            Assert.All(experts, expert => Assert.InRange(expert.Weight, 0, 1));
            var mean = experts.Sum(expert => expert.Weight * expert.PredictedReturn);
            Assert.Equal(mean, forecast.Strategies[^1].PredictedReturn, 1e-15);
            Assert.Equal(0, forecast.Strategies[^1].Weight);
        }
    }

    [Fact]
    public void Weights_begin_equal_and_move_with_what_comes()
    {
        var forecasts = new FoldUnderTest().Feed(SampleBars.RandomWalk(2, 500)).Log.Of<Forecast>();
        Assert.Equal(7, forecasts[0].Strategies.Length - 1);
        Assert.All(forecasts[0].Strategies[..^1], expert => Assert.Equal(1.0 / 7, expert.Weight, 15));
        Assert.True(forecasts[^1].Strategies[..^1].Max(expert => expert.Weight) > 0.16);
    }

    [Theory, InlineData(1UL), InlineData(2UL), InlineData(3UL)]
    public void On_a_random_walk_it_is_as_good_as_no_change(ulong seed)
    {
        var last = new FoldUnderTest().Feed(SampleBars.RandomWalk(seed, 2_500)).Log.Of<Score>()[^1];
        Assert.InRange(last.Strategies[^1].Mase!.Value, 0.99, 1.005);
    }

    [Fact]
    public void An_expert_that_errs_loses_its_weight_and_does_little_harm()
    {
        // A rate a hundred times the default makes a network that is wrong by a wide margin.
        var options = new TrainerOptions { Adam = new Learning.AdamOptions { LearningRate = 1e-2 } };
        var log = new FoldUnderTest(options).Feed(SampleBars.RandomWalk(4, 2_500)).Log;
        var last = log.Of<Score>()[^1];
        Assert.True(last.Strategies[2].Mase > 1.03, $"the network was to be bad: MASE {last.Strategies[2].Mase}");
        Assert.InRange(last.Strategies[^1].Mase!.Value, 0.99, 1.01);
        Assert.True(log.Of<Forecast>()[^1].Strategies[2].Weight < 0.1);
    }
}
