using System.Globalization;
using Kafka.Stock.Contracts;
using Kafka.Stock.Topology;
using Kafka.Stock.Trainer;

namespace Kafka.Stock.Cli;

/// <summary>Memory of many daily series in both folds, warm: replay buffers and score windows full.</summary>
static class StateBench
{
    const int Series = 5_000;
    const int Bars = 61 + 510;

    public static IReadOnlyList<BenchFigure> Run()
    {
        var bodies = BenchBars.Of("AAA", Bars);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var sink = new EncodingOutput((Topic _, in LogRecord _) => { });
        var trainer = new FoldPartition<TrainerMessage, TrainerState>(new TrainerFold(new TrainerOptions()));
        var between = new EncodingOutput((Topic topic, in LogRecord record) =>
        {
            if (topic == StockTopics.MicroBatches) trainer.Apply(record, sink);
        });
        var topology = new FoldPartition<MarketMessage, TopologyState>(new TopologyFold(new TopologyOptions()));
        var market = new EncodingOutput((Topic _, in LogRecord record) => topology.Apply(record, between));
        var names = new NamePool();
        for (var number = 0; number < Series; number++)
        {
            var symbol = string.Create(CultureInfo.InvariantCulture, $"S{number:0000}");
            foreach (var body in bodies)
            {
                SourceBar bar = default;
                AvroBody.Read(body, names, ref bar);
                market.Publish(StockTopics.Market, symbol, bar with { Symbol = symbol });
            }
        }

        var held = GC.GetTotalMemory(forceFullCollection: true) - before;
        var first = SeriesId.Parse("S0000/1d/bench");
        var snapshot = topology.States.GetOrAdd(first).StateBytes + trainer.States.GetOrAdd(first).StateBytes;
        GC.KeepAlive(topology);
        GC.KeepAlive(trainer);
        return
        [
            new("gib", held / (double)(1L << 30), $"GiB held for {Series} warm daily series, Topology and Trainer; at most 1 wanted"),
            new("bytes_per_series", held / (double)Series, "bytes held a series"),
            new("snapshot_bytes", snapshot, "bytes of a series' two snapshots (reference)"),
            new("ratio_to_snapshot", held / (double)Series / snapshot, "held over snapshot"),
        ];
    }
}
