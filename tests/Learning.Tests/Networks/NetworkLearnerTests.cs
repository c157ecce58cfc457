using FsCheck;
using FsCheck.Fluent;

namespace Kafka.Stock.Learning.Tests;

public sealed class NetworkLearnerTests
{
    static readonly NetworkShape s_shape = new(17, 64);

    [Fact]
    public void A_fresh_network_is_the_naive_forecast()
    {
        var network = Network.Seeded(s_shape, new KeyedRandom(1, 2, 0));
        Assert.Equal(0f, network.Predict(Row(1, 17)));
        var weights = Weights(network);
        Assert.All(weights.AsSpan(0, 64 * 18).ToArray(), weight => Assert.InRange(weight, -1 / Math.Sqrt(17), 1 / Math.Sqrt(17)));
        Assert.All(weights.AsSpan(64 * 18).ToArray(), weight => Assert.Equal(0f, weight));
        Assert.True(weights.AsSpan(0, 64 * 18).ToArray().Distinct().Count() > 1100);
    }

    [Fact]
    public void It_learns_what_can_be_learnt()
    {
        var learner = Learner(s_shape, new AdamOptions { LearningRate = 1e-3 });
        var first = 0.0;
        var last = 0.0;
        for (var step = 0; step < 2000; step++)
        {
            var x = Row((ulong)step, 4 * 17);
            float[] y = [.. Enumerable.Range(0, 4).Select(row => 0.3f * x[row * 17] - 0.2f * x[row * 17 + 5])];
            var loss = learner.Learn(x, y).Loss;
            if (step < 50) first += loss;
            if (step >= 1950) last += loss;
        }

        Assert.True(last < 0.05 * first, $"{last} after {first}");
    }

    /// <summary>Every shape, also those that need padding or more than one tile of rows.</summary>
    [Fact]
    public void Bits_are_those_of_the_plain_step_in_the_promised_order() =>
        Prop.ForAll(
            Gen.Choose(1, 24).Four().ToArbitrary(),
            sizes =>
            {
                var (inputs, hidden, rows, seed) = sizes;
                var shape = new NetworkShape(inputs, hidden);
                var options = new AdamOptions { LearningRate = 1e-3, ClipNorm = 0.7 };
                var start = Row((ulong)seed + 500, shape.WeightCount);
                var plain = new PlainNetwork(shape, (float[])start.Clone(), options);
                var learner = new NetworkLearner(Network.FromWeights(shape, start), options, new LearnerScratch(shape, rows));
                for (var step = 0; step < 5; step++)
                {
                    var x = Row((ulong)(seed * 100 + step), rows * inputs);
                    var y = Row((ulong)(seed * 100 + step + 50), rows);
                    plain.Learn(x, y);
                    learner.Learn(x, y);
                }

                return Bits(plain.Weights).SequenceEqual(Bits(Weights(learner.Network)));
            }).Check(Config.QuickThrowOnFailure.WithMaxTest(60).WithReplay(20260101, 1));

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void A_step_that_is_not_finite_changes_nothing_but_its_count(float bad)
    {
        var learner = Learner(s_shape, new AdamOptions());
        for (var step = 0; step < 3; step++) learner.Learn(Row((ulong)step, 4 * 17), Row((ulong)step + 9, 4));
        var before = Saved(learner);
        var x = Row(99, 4 * 17);
        x[40] = bad;
        Assert.False(learner.Learn(x, Row(100, 4)).Applied);
        Assert.Equal((3, 1), (learner.Steps, learner.SkippedSteps));
        Assert.False(learner.Learn(Row(99, 4 * 17), [0f, float.NaN, 0f, 0f]).Applied);
        Assert.Equal((3, 2), (learner.Steps, learner.SkippedSteps));
        var after = Saved(learner);
        after[^24] = before[^24]; // the count of skipped steps
        Assert.Equal(before, after);
    }

    [Fact]
    public void Infinite_targets_are_clipped_like_large_ones()
    {
        var (a, b) = (Learner(s_shape, new AdamOptions()), Learner(s_shape, new AdamOptions()));
        Assert.True(a.Learn(Row(1, 2 * 17), [float.PositiveInfinity, -70f]).Applied);
        Assert.True(b.Learn(Row(1, 2 * 17), [5f, -5f]).Applied);
        Assert.Equal(Weights(a.Network), Weights(b.Network));
    }

    [Fact]
    public void An_empty_batch_does_nothing()
    {
        var learner = Learner(s_shape, new AdamOptions());
        Assert.Equal(default, learner.Learn([], []));
        Assert.Equal((0, 0), (learner.Steps, learner.SkippedSteps));
    }

    [Fact]
    public void A_step_and_a_forecast_allocate_nothing()
    {
        var learner = Learner(s_shape, new AdamOptions());
        var (x, y, row) = (Row(1, 4 * 17), Row(2, 4), Row(3, 17));
        for (var i = 0; i < 100; i++) learner.Learn(x, y);
        learner.Predict(row);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
        {
            learner.Learn(x, y);
            learner.Predict(row);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Forecasts_are_clipped_and_never_other_than_finite()
    {
        var weights = new float[s_shape.WeightCount];
        weights[^1] = 3f;
        Assert.Equal(0.5f, Network.FromWeights(s_shape, weights).Predict(Row(1, 17)));
        weights[^1] = -3f;
        Assert.Equal(-0.5f, Network.FromWeights(s_shape, weights).Predict(Row(1, 17)));
        var row = Row(1, 17);
        row[3] = float.NaN;
        Assert.Equal(0f, Network.Seeded(s_shape, new KeyedRandom(1, 1, 1)).Predict(row));
    }

    [Fact]
    public void Weights_decay_and_biases_do_not()
    {
        var shape = new NetworkShape(2, 3);
        float[] start = [.. Enumerable.Repeat(0.5f, shape.WeightCount)];
        var learner = new NetworkLearner(
            Network.FromWeights(shape, start), new AdamOptions { LearningRate = 0.01, WeightDecay = 1 }, new LearnerScratch(shape, 1));
        var step = learner.Learn([0.5f, 0.5f], [2f]); // each unit gives 1, the output is 2: no error, so only the decay moves anything
        Assert.Equal(0.0, step.Loss);
        var after = Weights(learner.Network);
        Assert.All(after[..6], weight => Assert.Equal(0.495f, weight));
        Assert.All(after[6..9], bias => Assert.Equal(0.5f, bias));
        Assert.All(after[9..12], weight => Assert.Equal(0.495f, weight));
        Assert.Equal(0.5f, after[12]);
    }

    [Fact]
    public void Moments_handed_over_go_on_bit_for_bit()
    {
        var original = Learner(s_shape, new AdamOptions());
        for (var step = 0; step < 40; step++) original.Learn(Row((ulong)step, 4 * 17), Row((ulong)step + 999, 4));
        var (first, second) = (new float[s_shape.WeightCount], new float[s_shape.WeightCount]);
        original.CopyMoments(first, second);
        var heir = new NetworkLearner(original.Network.Clone(), new AdamOptions(), new LearnerScratch(s_shape, 4));
        heir.RestoreMoments(first, second, original.Steps);
        original.Learn(Row(7, 4 * 17), Row(8, 4));
        heir.Learn(Row(7, 4 * 17), Row(8, 4));
        Assert.Equal(original.Network.ModelId(), heir.Network.ModelId());
        Assert.Equal(41, heir.Steps);
    }

    [Fact]
    public void A_model_id_tells_weights_and_shapes_apart()
    {
        var weights = Row(1, new NetworkShape(3, 5).WeightCount);
        var id = Network.FromWeights(new NetworkShape(3, 5), weights).ModelId();
        Assert.Matches("^[0-9a-f]{64}$", id);
        Assert.Equal(id, Network.FromWeights(new NetworkShape(3, 5), weights).ModelId());
        weights[4] = MathF.BitIncrement(weights[4]);
        Assert.NotEqual(id, Network.FromWeights(new NetworkShape(3, 5), weights).ModelId());
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        var learner = Learner(s_shape, new AdamOptions());
        Assert.Throws<ArgumentException>(() => learner.Learn(new float[16], new float[1]));
        Assert.Throws<ArgumentException>(() => learner.Learn(new float[5 * 17], new float[5]));
        Assert.Throws<ArgumentException>(() => learner.Predict(new float[16]));
        Assert.Throws<ArgumentException>(() => Network.FromWeights(s_shape, new float[5]));
        Assert.Throws<ArgumentException>(() => Network.FromWeights(new NetworkShape(1, 1), [0, 0, float.NaN, 0]));
        Assert.Throws<ArgumentException>(() => Network.Seeded(new NetworkShape(0, 1), default));
        Assert.Throws<ArgumentException>(() => new LearnerScratch(s_shape, 0));
        Assert.Throws<ArgumentException>(() => new NetworkLearner(learner.Network, new AdamOptions(),
            new LearnerScratch(new NetworkShape(3, 3), 4)));
        var fault = Assert.Throws<ArgumentException>(() =>
            new AdamOptions { LearningRate = double.NaN, Beta1 = 1, ClipNorm = 0 }.Validated());
        Assert.Contains("LearningRate", fault.Message, StringComparison.Ordinal);
        Assert.Contains("Beta1: found 1; expected inside [0, 1)", fault.Message, StringComparison.Ordinal);
        Assert.Contains("ClipNorm", fault.Message, StringComparison.Ordinal);
    }

    internal static float[] Row(ulong seed, int count)
    {
        var random = new KeyedRandom(seed, 4711, 0);
        return [.. Enumerable.Range(0, count).Select(i => (float)(random.Uniform((uint)i) * 4 - 2))];
    }

    static NetworkLearner Learner(NetworkShape shape, AdamOptions options) =>
        new(Network.Seeded(shape, new KeyedRandom(1, 2, 0)), options, new LearnerScratch(shape, 4));

    static float[] Weights(Network network)
    {
        var weights = new float[network.Shape.WeightCount];
        network.CopyWeights(weights);
        return weights;
    }

    static byte[] Saved(NetworkLearner learner)
    {
        var bytes = new byte[learner.StateBytes];
        var writer = new StateWriter(bytes);
        learner.Write(ref writer);
        return bytes;
    }

    static IEnumerable<int> Bits(IEnumerable<float> values) => values.Select(BitConverter.SingleToInt32Bits);
}
