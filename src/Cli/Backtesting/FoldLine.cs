using Kafka.Stock.Contracts;
using Kafka.Stock.Ingestor;
using Kafka.Stock.Topology;
using Kafka.Stock.Trainer;

namespace Kafka.Stock.Cli;

/// <summary>Topology and Trainer one behind the other, without a broker: every output goes to a watcher.</summary>
sealed class FoldLine : IOutput
{
    readonly IOutput _watcher;
    readonly FoldPartition<MarketMessage, TopologyState> _topology;
    readonly FoldPartition<TrainerMessage, TrainerState> _trainer;
    readonly EncodingOutput _market;
    readonly EncodingOutput _batches;

    public FoldLine(TopologyOptions topology, TrainerOptions trainer, IOutput watcher)
    {
        _watcher = watcher;
        _topology = new(new TopologyFold(topology));
        _trainer = new(new TrainerFold(trainer));
        _market = new EncodingOutput((Topic _, in LogRecord record) => _topology.Apply(record, this));
        _batches = new EncodingOutput((Topic _, in LogRecord record) => _trainer.Apply(record, watcher));
    }

    /// <summary>Folds a market record.</summary>
    /// <exception cref="RecordDefectException">It makes no sense; the states are as before.</exception>
    public void Take<TRecord>(string symbol, in TRecord record)
        where TRecord : IAvroRecord<TRecord> => _market.Publish(StockTopics.Market, symbol, record);

    /// <inheritdoc/>
    public void Publish<TRecord>(Topic topic, string symbol, in TRecord record)
        where TRecord : IAvroRecord<TRecord>
    {
        _watcher.Publish(topic, symbol, record);
        if (topic == StockTopics.MicroBatches) _batches.Publish(topic, symbol, record);
    }

    /// <inheritdoc/>
    public void Count(FoldEvent what) => _watcher.Count(what);
}
