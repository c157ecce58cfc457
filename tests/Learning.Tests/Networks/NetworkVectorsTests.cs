using System.Buffers.Binary;
using System.Globalization;

namespace Kafka.Stock.Learning.Tests;

/// <summary>Learning steps against float64 (network-cases.csv and network-weights.bin, made by make_network_vectors.py with PyTorch
/// 1.13.1).</summary>
public sealed class NetworkVectorsTests
{
    public static TheoryData<string> Names => [.. GoldenFile.Rows("network-cases.csv").Skip(1).Select(row => row[0])];

    [Theory]
    [MemberData(nameof(Names))]
    public void Steps_agree_with_float64(string name)
    {
        var test = NetworkCase.Load(name);
        var (learner, last) = test.Run();
        var found = Weights(learner);
        var tolerance = test.Steps <= 1 ? 1e-6 : 1e-3;
        var largest = test.Expected.Max(Math.Abs);
        var worst = found.Zip(test.Expected, (a, b) => Math.Abs(a - b)).Max();
        Assert.True(worst <= tolerance * largest, $"{name}: {worst / largest:E2} of the largest weight");
        if (test.Steps > 1) return;
        Assert.Equal(1.0, last.Loss / test.LastLoss, 1e-6);
        Assert.Equal(1.0, last.GradientNorm / test.LastNorm, 1e-6);
    }

    /// <summary>The step itself, not only where it leads: weights may hide a small move, so the move is compared with the move.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void Moves_agree_with_float64(string name)
    {
        var test = NetworkCase.Load(name);
        var start = Weights(new NetworkLearner(test.Start(), test.Options, new LearnerScratch(test.Shape, test.Rows)));
        var (learner, _) = test.Run();
        var found = Weights(learner);
        var largest = start.Zip(test.Expected, (a, b) => Math.Abs(a - b)).Max();
        Assert.True(largest > 0);
        // A move of lr = 1e-4 on a weight of .5 is known to 24 - 12 bits in float32.
        var tolerance = test.Steps <= 1 ? 1e-3 : 2e-2;
        for (var i = 0; i < found.Length; i++)
            Assert.True(Math.Abs(found[i] - start[i] - (test.Expected[i] - start[i])) <= tolerance * largest, $"{name}: weight {i}");
    }

    [Fact]
    public void A_thousand_steps_give_the_same_bits_on_every_machine()
    {
        var (learner, _) = NetworkCase.Load("thousand-steps").Run();
        Assert.Equal("3c4dd963ec713676", learner.Network.ModelId()[..16]);
    }

    static float[] Weights(NetworkLearner learner)
    {
        var weights = new float[learner.Network.Shape.WeightCount];
        learner.Network.CopyWeights(weights);
        return weights;
    }

    sealed record NetworkCase(
        int Index, NetworkShape Shape, int Rows, int Steps, AdamOptions Options, double FeatureSize, double TargetSize,
        double LastLoss, double LastNorm, double[] Expected)
    {
        public static NetworkCase Load(string name)
        {
            var cases = GoldenFile.Rows("network-cases.csv").Skip(1).ToList();
            var index = cases.FindIndex(row => row[0] == name);
            var row = cases[index];
            var shape = ShapeOf(row);
            var skip = cases.Take(index).Sum(before => ShapeOf(before).WeightCount);
            var bytes = GoldenFile.Bytes("network-weights.bin").AsSpan(skip * sizeof(double), shape.WeightCount * sizeof(double));
            var expected = new double[shape.WeightCount];
            for (var i = 0; i < expected.Length; i++) expected[i] = BinaryPrimitives.ReadDoubleLittleEndian(bytes[(i * sizeof(double))..]);
            var options = new AdamOptions
            {
                LearningRate = Number(row[5]),
                WeightDecay = Number(row[6]),
                ClipNorm = Number(row[7]),
                Loss = row[8] == "huber" ? LossKind.Huber : LossKind.Squared,
            };
            return new NetworkCase(
                index, shape, (int)Number(row[3]), (int)Number(row[4]), options, Number(row[9]), Number(row[10]), Number(row[11]),
                Number(row[12]), expected);
        }

        public Network Start() => Network.FromWeights(Shape, Singles(new KeyedRandom(12345, (ulong)Index, 0), 0, Shape.WeightCount, 0.5));

        public (NetworkLearner Learner, StepResult Last) Run()
        {
            var learner = new NetworkLearner(Start(), Options, new LearnerScratch(Shape, Rows));
            var last = default(StepResult);
            for (var step = 0; step < Steps; step++)
            {
                var random = new KeyedRandom(12345, (ulong)Index, 1 + (ulong)step);
                var features = Singles(random, 0, Rows * Shape.Inputs, FeatureSize);
                last = learner.Learn(features, Singles(random, (uint)features.Length, Rows, TargetSize));
                Assert.True(last.Applied);
            }

            return (learner, last);
        }

        static float[] Singles(KeyedRandom random, uint first, int count, double size) =>
            [.. Enumerable.Range(0, count).Select(i => (float)((2.0 * random.Uniform(first + (uint)i) - 1.0) * size))];

        static NetworkShape ShapeOf(string[] row) => new((int)Number(row[1]), (int)Number(row[2]));

        static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
    }
}
