using System.Diagnostics;
using Kafka.Stock.Contracts;
using Kafka.Stock.Ingestor;
using Kafka.Stock.Topology;
using Kafka.Stock.Trainer;

namespace Kafka.Stock.Cli;

/// <summary>
/// Topology and Trainer without a broker over the bundled day of trades, again and again, beside decoding the same
/// records alone.
/// </summary>
static class FoldBench
{
    const int Days = 40;

    public static async Task<IReadOnlyList<BenchFigure>> RunAsync(CancellationToken cancellation)
    {
        var memory = new RecordSink();
        var files = new FileReplayOptions { Paths = [Path.Combine(BundledData.Folder, "iex_ticks_2019-10-30.csv.gz")] };
        await new FileReplay(files, TimeProvider.System).RunAsync(memory, [], cancellation);
        var log = memory.Repeated(Days);
        var ticks = memory.Ticks * (double)Days;
        _ = Fold(log); // warm
        var before = GC.GetAllocatedBytesForCurrentThread();
        var (seconds, forecasts) = Fold(log);
        var allocated = (GC.GetAllocatedBytesForCurrentThread() - before) / ticks;
        var decoding = Decode(log);
        return
        [
            new(
                "ticks_per_second",
                ticks / seconds,
                "ticks a second a core, bars, features, learning and forecasts included; at least 200,000 wanted"),
            new("allocated_bytes", allocated, "bytes a tick, the growth of state included"),
            new("forecasts", forecasts, "forecasts made"),
            new("decode_ticks_per_second", ticks / decoding, "ticks a second, decoding the same records and nothing else (reference)"),
            new("ratio_to_decode", decoding / seconds, "of the reference's rate"),
        ];
    }

    static (double Seconds, long Forecasts) Fold(IReadOnlyList<(string Schema, byte[] Key, byte[] Body)> log)
    {
        var forecasts = 0L;
        var sink = new EncodingOutput((Topic topic, in LogRecord _) => forecasts += topic == StockTopics.Forecasts ? 1 : 0);
        var trainer = new FoldPartition<TrainerMessage, TrainerState>(new TrainerFold(new TrainerOptions()));
        var between = new EncodingOutput((Topic topic, in LogRecord record) =>
        {
            if (topic == StockTopics.MicroBatches) trainer.Apply(record, sink);
        });
        var topology = new FoldPartition<MarketMessage, TopologyState>(new TopologyFold(new TopologyOptions()));
        var started = Stopwatch.GetTimestamp();
        for (var i = 0; i < log.Count; i++) topology.Apply(new LogRecord(log[i].Schema, log[i].Key, log[i].Body, i), between);
        return (Stopwatch.GetElapsedTime(started).TotalSeconds, forecasts);
    }

    static double Decode(IReadOnlyList<(string Schema, byte[] Key, byte[] Body)> log)
    {
        var fold = new TopologyFold(new TopologyOptions());
        MarketMessage message = default;
        var started = Stopwatch.GetTimestamp();
        for (var i = 0; i < log.Count; i++) fold.Decode(new LogRecord(log[i].Schema, log[i].Key, log[i].Body, i), ref message);
        return Stopwatch.GetElapsedTime(started).TotalSeconds;
    }
}
