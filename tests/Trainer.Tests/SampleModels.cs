using Kafka.Stock.Contracts;
using Kafka.Stock.Learning;

namespace Kafka.Stock.Trainer.Tests;

/// <summary>Models that say something, and promotions of them.</summary>
static class SampleModels
{
    static readonly FeaturePipeline s_pipeline = FeaturePipeline.PriceV1;

    /// <summary>A network that has taken some steps on made-up rows, as a file.</summary>
    public static byte[] Artefact(ulong seed, int steps = 200, int hidden = 64, FeaturePipeline? pipeline = null, float? spoil = null)
    {
        var shape = new NetworkShape((pipeline ?? s_pipeline).Width, hidden);
        var network = Network.Seeded(shape, new KeyedRandom(seed, 1, 0));
        var learner = new NetworkLearner(network, new AdamOptions(), new LearnerScratch(shape, 4));
        Teach(learner, seed, steps);
        var recipe = new Dictionary<string, string> { ["recipe"] = "test" };
        var bytes = ModelArtefact.Of(learner, Preprocessor.Unfitted(pipeline ?? s_pipeline), recipe).ToBytes();
        if (spoil is { } value) BitConverter.TryWriteBytes(bytes.AsSpan(bytes.Length - 4), value);
        return bytes;
    }

    /// <summary>The same model some steps on, as held-back rows would leave it.</summary>
    public static byte[] SteppedOn(byte[] artefact, ulong seed, int steps)
    {
        var model = ModelArtefact.FromBytes(artefact, s_pipeline);
        var learner = model.ToLearner(new AdamOptions(), new LearnerScratch(model.Shape, 4));
        Teach(learner, seed, steps);
        return ModelArtefact.Of(learner, model.Preprocessor, model.Metadata).ToBytes();
    }

    public static ModelPromotion Promotion(byte[] artefact, long effectiveFromUs, byte[]? stepped = null, bool initial = false) => new(
        SeriesId.Parse("AAA/1d/csv"), ModelArtefact.IdOf(artefact), 0, effectiveFromUs, s_pipeline.Fingerprint, artefact,
        stepped ?? default(ReadOnlyMemory<byte>), "{}", initial);

    static void Teach(NetworkLearner learner, ulong seed, int steps)
    {
        var random = new KeyedRandom(seed, 2, 0);
        var features = new float[4 * learner.Network.Shape.Inputs];
        float[] targets = [2, -1, 1, 3];
        var draw = 0U;
        for (var step = 0; step < steps; step++)
        {
            for (var i = 0; i < features.Length; i++) features[i] = (float)((4 * random.Uniform(draw++)) - 2);
            learner.Learn(features, targets);
        }
    }
}
