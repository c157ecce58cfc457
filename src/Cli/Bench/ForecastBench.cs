using System.Diagnostics;
using Kafka.Stock.Contracts;
using Kafka.Stock.Topology;
using Kafka.Stock.Trainer;

namespace Kafka.Stock.Cli;

/// <summary>Latency of a forecast by a reader of <see cref="ModelWindow"/>: while another thread learns as fast as it can, beside the
/// same reads while nothing learns.</summary>
static class ForecastBench
{
    const int Bars = 4_000;
    const int Reads = 200_000;

    public static IReadOnlyList<BenchFigure> Run()
    {
        var batches = Batches();
        var trainer = new FoldPartition<TrainerMessage, TrainerState>(new TrainerFold(new TrainerOptions()));
        var sink = new EncodingOutput((Topic _, in LogRecord _) => { });
        var key = BenchBars.Key("AAA");
        var next = 0;
        void Learn()
        {
            trainer.Apply(new LogRecord(MicroBatch.SchemaName, key, batches[next], next), sink);
            next++;
        }

        Learn();
        var state = trainer.States.GetOrAdd(SeriesId.Parse("AAA/1d/bench"));
        state.Window.Read();
        while (next < 1_000) Learn();
        var features = new float[17];
        _ = Percentile(state, features); // warm
        var quiet = Percentile(state, features);
        var learner = new Thread(() =>
        {
            while (next < batches.Count) Learn();
        });
        var before = next;
        var started = Stopwatch.GetTimestamp();
        learner.Start();
        var busy = Percentile(state, features, () => learner.IsAlive);
        learner.Join();
        var stepsPerSecond = (next - before) / Stopwatch.GetElapsedTime(started).TotalSeconds;
        return
        [
            new("p99_ns", busy, "ns, 99th percentile of a served forecast while the series learns"),
            new("quiet_p99_ns", quiet, "ns, the same while nothing learns (reference)"),
            new("ratio", busy / quiet, "times the quiet one; at most 2 wanted"),
            new("steps_per_second", stepsPerSecond, "micro-batches a second that the other thread learnt meanwhile"),
        ];
    }

    static double Percentile(TrainerState state, float[] features, Func<bool>? goOn = null)
    {
        var samples = new List<double>(Reads);
        var sum = 0.0;
        while (samples.Count < Reads && (goOn is null || goOn()))
        {
            var started = Stopwatch.GetTimestamp();
            sum += state.Window.Read()!.Forecast(features);
            samples.Add(Stopwatch.GetElapsedTime(started).TotalNanoseconds);
        }

        if (!double.IsFinite(sum)) throw new InvalidOperationException("a forecast wasn't finite");
        samples.Sort();
        return samples[(int)(0.99 * (samples.Count - 1))];
    }

    static List<byte[]> Batches()
    {
        List<byte[]> batches = [];
        var topology = new FoldPartition<MarketMessage, TopologyState>(new TopologyFold(new TopologyOptions()));
        var output = new EncodingOutput((Topic topic, in LogRecord record) =>
        {
            if (topic == StockTopics.MicroBatches) batches.Add(record.Body.ToArray());
        });
        var bodies = BenchBars.Of("AAA", Bars);
        var key = BenchBars.Key("AAA");
        for (var i = 0; i < bodies.Count; i++) topology.Apply(new LogRecord(SourceBar.SchemaName, key, bodies[i], i), output);
        return batches;
    }
}
