namespace Kafka.Stock.Learning.Tests;

/// <summary>A known defect of hand-made systems: the model is replaced or copied after the optimiser was made, so that the optimiser moves
/// parameters that nobody forecasts with.</summary>
public sealed class OptimiserHoldsOrphanParametersTests
{
    static readonly NetworkShape s_shape = new(4, 8);
    static readonly AdamOptions s_options = new() { LearningRate = 1e-2 };

    [Fact]
    public void The_mistake_logs_a_falling_loss_while_its_forecasts_never_move()
    {
        var served = Network.Seeded(s_shape, new KeyedRandom(1, 2, 3));
        var losses = Learn(new NetworkLearner(served.Clone(), s_options, new LearnerScratch(s_shape, 4)));
        Assert.True(losses[^1] < 0.5 * losses[0]);
        Assert.Equal(0f, served.Predict(Row(7)));
        Assert.Equal(Network.Seeded(s_shape, new KeyedRandom(1, 2, 3)).ModelId(), served.ModelId());
    }

    [Fact]
    public void Ours_forecasts_with_the_weights_that_move_and_every_weight_does()
    {
        var learner = new NetworkLearner(Network.Seeded(s_shape, new KeyedRandom(1, 2, 3)), s_options, new LearnerScratch(s_shape, 4));
        var (start, end) = (new float[s_shape.WeightCount], new float[s_shape.WeightCount]);
        learner.Network.CopyWeights(start);
        var losses = Learn(learner);
        learner.Network.CopyWeights(end);
        Assert.True(losses[^1] < 0.5 * losses[0]);
        Assert.Equal(Target(Row(7)), learner.Predict(Row(7)), 0.1f);
        Assert.All(start.Zip(end), pair => Assert.NotEqual(pair.First, pair.Second));
    }

    /// <summary>The same through a model's file: what is promoted goes on learning with the weights that it forecasts with.</summary>
    [Fact]
    public void A_restored_model_moves_too()
    {
        var pipeline = PlainPipeline.Of(4);
        var outcome = new BatchTrainer(TrainingRecipe.Default, pipeline, 8)
            .Train(NetworkLearnerTests.Row(1, 400), NetworkLearnerTests.Row(2, 100), default, 1);
        var bytes = ModelArtefact.Of(outcome.Learner, outcome.Preprocessor, new Dictionary<string, string>()).ToBytes();
        var heir = ModelArtefact.FromBytes(bytes, pipeline).ToLearner(s_options, new LearnerScratch(s_shape, 4));
        var before = heir.Predict(Row(7));
        Learn(heir);
        Assert.NotEqual(before, heir.Predict(Row(7)));
    }

    static double[] Learn(NetworkLearner learner) =>
    [
        .. Enumerable.Range(0, 40).Select(part => Enumerable.Range(part * 50, 50).Average(step =>
        {
            var x = NetworkLearnerTests.Row((ulong)step, 4 * 4);
            float[] y = [.. Enumerable.Range(0, 4).Select(row => Target(x.AsSpan(row * 4, 4)))];
            return learner.Learn(x, y).Loss;
        })),
    ];

    static float Target(ReadOnlySpan<float> row) => Math.Clamp((0.3f * row[0]) - (0.2f * row[1]), -0.5f, 0.5f);

    static float[] Row(ulong seed) => NetworkLearnerTests.Row(seed, 4);
}
