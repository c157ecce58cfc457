namespace Kafka.Stock.Learning.Tests;

/// <summary>A known defect of hand-made systems: the checkpoint that is written (or never written) isn't the model that was learnt, and a
/// restart begins again from nothing, unnoticed.</summary>
public sealed class CheckpointNeverWrittenTests
{
    const int Width = 4;
    static readonly NetworkShape s_shape = new(Width, 8);
    static readonly FeaturePipeline s_pipeline = PlainPipeline.Of(Width);

    [Fact]
    public void The_mistake_restarts_as_the_naive_forecast_and_loses_what_was_learnt()
    {
        var (x, y) = Data();
        var learner = Trained(x, y);
        var lost = new NetworkLearner(Network.Seeded(s_shape, new KeyedRandom(1, 2, 3)), learner.Options, new LearnerScratch(s_shape, 32));
        Assert.True(lost.Evaluate(x, y) > 5 * learner.Evaluate(x, y));
    }

    [Fact]
    public void A_restart_from_our_file_forecasts_and_learns_on_as_if_nothing_had_happened()
    {
        var (x, y) = Data();
        var learner = Trained(x, y);
        var file = ModelArtefact.Of(learner, Preprocessor.Unfitted(s_pipeline), new Dictionary<string, string>()).ToBytes();
        var restarted = ModelArtefact.FromBytes(file, s_pipeline).ToLearner(learner.Options, new LearnerScratch(s_shape, 32));
        Assert.Equal(learner.Evaluate(x, y), restarted.Evaluate(x, y));
        for (var step = 0; step < 20; step++)
        {
            learner.Learn(x.AsSpan(step * Width, 4 * Width), y.AsSpan(step, 4));
            restarted.Learn(x.AsSpan(step * Width, 4 * Width), y.AsSpan(step, 4));
            Assert.Equal(learner.Network.ModelId(), restarted.Network.ModelId());
        }
    }

    /// <summary>What is saved is told apart from what was there before by its id, so that nobody serves the old one by mistake.</summary>
    [Fact]
    public void Each_learning_step_gives_another_id()
    {
        var (x, y) = Data();
        var learner = Trained(x, y);
        var before = ModelArtefact.IdOf(File(learner));
        Assert.Equal(before, ModelArtefact.IdOf(File(learner)));
        learner.Learn(x.AsSpan(0, 4 * Width), y.AsSpan(0, 4));
        Assert.NotEqual(before, ModelArtefact.IdOf(File(learner)));
    }

    static byte[] File(NetworkLearner learner) =>
        ModelArtefact.Of(learner, Preprocessor.Unfitted(s_pipeline), new Dictionary<string, string>()).ToBytes();

    static NetworkLearner Trained(float[] x, float[] y) =>
        new BatchTrainer(TrainingRecipe.Default with { EpochsMax = 100, Adam = new AdamOptions { LearningRate = 1e-2 } }, s_pipeline, 8)
            .Train(x, y, new KeyedRandom(1, 2, 3), 1).Learner;

    static (float[] Features, float[] Targets) Data()
    {
        var x = NetworkLearnerTests.Row(1, 500 * Width);
        return (x, [.. Enumerable.Range(0, 500).Select(row => (0.4f * x[row * Width]) - (0.3f * x[(row * Width) + 2]))]);
    }
}
