namespace Kafka.Stock.Learning.Tests;

/// <summary>A known defect of hand-made systems: training stops early, as it should, and then serves the weights of the last epoch, which
/// are the overfitted ones that made it stop.</summary>
public sealed class EarlyStoppingKeepsTheLastWeightsTests
{
    const int Width = 4;
    static readonly TrainingRecipe s_recipe = TrainingRecipe.Seed with { EpochsMax = 300, Adam = new AdamOptions { LearningRate = 0.02 } };

    [Fact]
    public void The_mistake_serves_a_worse_model_and_ours_restores_the_best()
    {
        var (x, y) = Noise();
        var seen = new List<TrainingProgress>();
        var outcome = new BatchTrainer(s_recipe, PlainPipeline.Of(Width), 8).Train(x, y, new KeyedRandom(1, 2, 3), 1, progress =>
        {
            seen.Add(progress);
            return true;
        });

        var wrong = seen[^1].ValidationLoss!.Value;
        var ours = outcome.ValidationLoss!.Value;
        Assert.True(wrong > 1.02 * ours, $"last weights {wrong}, best weights {ours}");
        Assert.Equal(s_recipe.PatienceEpochs, outcome.Epochs - outcome.BestEpoch);
        Assert.Equal(seen[outcome.BestEpoch - 1].ValidationLoss, ours);
        Assert.Equal(seen.Min(progress => progress.ValidationLoss)!.Value, ours, s_recipe.LossDeltaMin);

        var part = outcome.Split.Validation;
        var (start, count) = part.GetOffsetAndLength(y.Length);
        Assert.Equal(ours, outcome.Learner.Evaluate(x.AsSpan(start * Width, count * Width), y.AsSpan(part)));
    }

    /// <summary>Nothing to learn: training longer only makes it worse.</summary>
    static (float[] Features, float[] Targets) Noise()
    {
        var random = new KeyedRandom(5, 5, 5);
        float[] targets = [.. Enumerable.Range(0, 300).Select(i => (float)(2 * random.Uniform((uint)i) - 1))];
        return (NetworkLearnerTests.Row(1, 300 * Width), targets);
    }
}
