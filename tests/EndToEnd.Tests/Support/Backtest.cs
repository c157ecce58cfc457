using Kafka.Stock.Contracts;
using Kafka.Stock.Ingestor;
using Kafka.Stock.Topology;
using Kafka.Stock.Trainer;

namespace Kafka.Stock.EndToEnd.Tests.Support;

/// <summary>Topology and Trainer as plain composition, without a broker: what a backtest is.</summary>
static class Backtest
{
    /// <summary>The market records of a bundled file, in order.</summary>
    public static async Task<IReadOnlyList<object>> RecordsOfAsync(string file)
    {
        var sink = new MemorySink();
        var options = new FileReplayOptions { Paths = [Path.Combine(Kstock.Data, file)] };
        await new FileReplay(options, TimeProvider.System).RunAsync(sink, [], CancellationToken.None);
        Assert.Empty(sink.DeadLetters);
        return sink.Records;
    }

    /// <summary>The forecasts that records lead to: when they were made, and their bodies.</summary>
    public static List<(long MadeAtUs, byte[] Body)> ForecastsOf(IEnumerable<object> records)
    {
        var forecasts = new List<(long, byte[])>();
        var names = new NamePool();
        Forecast? forecast = null;
        var published = new EncodingOutput((Topic topic, in LogRecord record) =>
        {
            if (topic != StockTopics.Forecasts) return;
            AvroBody.Read(record.Body, names, ref forecast);
            forecasts.Add((forecast!.MadeAtUs, record.Body.ToArray()));
        });
        var trainer = new FoldPartition<TrainerMessage, TrainerState>(new TrainerFold(new TrainerOptions()));
        var batches = new EncodingOutput((Topic topic, in LogRecord record) =>
        {
            if (topic == StockTopics.MicroBatches) trainer.Apply(record, published);
        });
        var topology = new FoldPartition<MarketMessage, TopologyState>(new TopologyFold(new TopologyOptions()));
        var market = new EncodingOutput((Topic _, in LogRecord record) => topology.Apply(record, batches));
        foreach (var record in records) Publish(market, record);
        return forecasts;
    }

    /// <summary>Publishes a market record, whichever it is.</summary>
    public static void Publish(EncodingOutput market, object record)
    {
        switch (record)
        {
            case SourceBar bar: market.Publish(StockTopics.Market, bar.Symbol, bar); break;
            case Tick tick: market.Publish(StockTopics.Market, tick.Symbol, tick); break;
            case ReferenceBar bar: market.Publish(StockTopics.Market, bar.Bar.Symbol, bar); break;
            case CorporateAction action: market.Publish(StockTopics.Market, action.Symbol, action); break;
            case Watermark watermark: market.Publish(StockTopics.Market, watermark.Symbol, watermark); break;
            default: throw new ArgumentException($"found a {record.GetType().Name}; expected a market record", nameof(record));
        }
    }
}
