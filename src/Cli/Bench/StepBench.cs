using System.Diagnostics;
using Kafka.Stock.Learning;

namespace Kafka.Stock.Cli;

/// <summary>
/// One learning step (20-64-1, batch 4, Adam, clip) beside python3-torch in eager mode where it is installed, and a
/// plain scalar loop.
/// </summary>
static class StepBench
{
    const int Inputs = 20;
    const int Hidden = 64;
    const int BatchRows = 4;
    const int Steps = 200_000;

    public static async Task<IReadOnlyList<BenchFigure>> RunAsync(CancellationToken cancellation)
    {
        var random = new KeyedRandom(1, 2, 3);
        var features = new float[BatchRows * Inputs];
        var targets = new float[BatchRows];
        for (var i = 0; i < features.Length; i++) features[i] = (float)((4 * random.Uniform((uint)i)) - 2);
        for (var i = 0; i < targets.Length; i++) targets[i] = (float)((2 * random.Uniform((uint)(1_000 + i))) - 1);
        var (micros, bytes) = Kernel(features, targets);
        var scalar = new ScalarNetwork(Inputs, Hidden, random);
        var scalarMicros = Time(Steps / 20, () => scalar.Step(features, targets));
        var torch = await TorchScript.RunAsync("torch_step.py", [], cancellation);
        List<BenchFigure> figures =
        [
            new("step_us", micros, "us a step"),
            new("allocated_bytes", bytes, "bytes a step"),
            new("scalar_step_us", scalarMicros, "us a step, plain scalar C# loop (reference)"),
            new("ratio_to_scalar", scalarMicros / micros, "times as fast as the scalar loop"),
        ];
        if (torch is { } reference)
        {
            figures.Add(new("torch_step_us", reference, "us a step, python3-torch eager, one thread (reference)"));
            figures.Add(new("ratio_to_torch", reference / micros, "times as fast as torch; at least 50 wanted"));
        }

        return figures;
    }

    static (double Micros, double Bytes) Kernel(float[] features, float[] targets)
    {
        var shape = new NetworkShape(Inputs, Hidden);
        var network = Network.Seeded(shape, new KeyedRandom(1, 1, 1));
        var learner = new NetworkLearner(network, new AdamOptions(), new LearnerScratch(shape, BatchRows));
        for (var i = 0; i < 20_000; i++) learner.Learn(features, targets);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var micros = Time(Steps, () => learner.Learn(features, targets));
        return (micros, (GC.GetAllocatedBytesForCurrentThread() - before) / (double)Steps);
    }

    /// <summary>The best of five rounds, microseconds a call: the least disturbed one.</summary>
    static double Time(int calls, Action step)
    {
        var best = double.MaxValue;
        for (var round = 0; round < 5; round++)
        {
            var started = Stopwatch.GetTimestamp();
            for (var i = 0; i < calls / 5; i++) step();
            best = Math.Min(best, Stopwatch.GetElapsedTime(started).TotalMicroseconds / (calls / 5));
        }

        return best;
    }
}
