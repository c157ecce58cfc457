using System.Buffers;
using System.Security.Cryptography;
using Kafka.Stock.Contracts;
using Kafka.Stock.Topology;
using Kafka.Stock.Trainer;

namespace Kafka.Stock.Cli;

/// <summary>One partition folded again: its market records through the Topology, what that gives and the promotions through the
/// Trainer.</summary>
/// <param name="topology">Options of the fold.</param>
/// <param name="trainer">Options of the fold.</param>
/// <param name="promotions">Where promotions lay among the micro-batches.</param>
/// <param name="watcher">Given every output.</param>
/// <param name="forecasts">Given the digest of each forecast's body.</param>
sealed class PartitionReplay(
    TopologyOptions topology, TrainerOptions trainer, PromotionPlaces promotions, IOutput watcher,
    IDictionary<(SeriesId Series, long MadeAtUs, bool IsProvisional), byte[]> forecasts) : IOutput
{
    readonly FoldPartition<MarketMessage, TopologyState> _topology = new(new TopologyFold(topology));
    readonly FoldPartition<TrainerMessage, TrainerState> _trainer = new(new TrainerFold(trainer));
    readonly ArrayBufferWriter<byte> _body = new(1_024);

    /// <summary>Records that a fold refused.</summary>
    public long Refused { get; private set; }

    /// <summary>Promotions that were folded.</summary>
    public long Promotions { get; private set; }

    /// <summary>State of each series in the Topology.</summary>
    public SeriesStates<TopologyState> TopologyStates => _topology.States;

    /// <summary>State of each series in the Trainer.</summary>
    public SeriesStates<TrainerState> TrainerStates => _trainer.States;

    /// <summary>Folds a market record.</summary>
    public void Take(in LogRecord record)
    {
        try
        {
            _topology.Apply(record, this);
        }
        catch (RecordDefectException)
        {
            Refused++; // a dead letter in the live run as well
        }
    }

    /// <inheritdoc/>
    public void Publish<TRecord>(Topic topic, string symbol, in TRecord record)
        where TRecord : IAvroRecord<TRecord>
    {
        watcher.Publish(topic, symbol, record);
        switch (record)
        {
            case MicroBatch batch:
                while (promotions.TryTake(batch.Series, batch.BarEndUs, out var promotion)) Promote(promotion);
                Fold(batch);
                break;
            case Forecast forecast:
                forecasts[(forecast.Series, forecast.MadeAtUs, forecast.Provisional)] = SHA256.HashData(Encoded(forecast));
                break;
        }
    }

    /// <inheritdoc/>
    public void Count(FoldEvent what) => watcher.Count(what);

    void Promote(ModelPromotion promotion)
    {
        Promotions++;
        watcher.Publish(StockTopics.MicroBatches, promotion.Series.Symbol, promotion);
        Fold(promotion);
    }

    void Fold<TRecord>(TRecord record)
        where TRecord : IAvroRecord<TRecord>
    {
        try
        {
            _trainer.Apply(new LogRecord(TRecord.SchemaName, default, Encoded(record).ToArray(), 0), this);
        }
        catch (RecordDefectException)
        {
            Refused++; // such as a promotion that came too late
        }
    }

    ReadOnlySpan<byte> Encoded<TRecord>(in TRecord record)
        where TRecord : IAvroRecord<TRecord>
    {
        _body.ResetWrittenCount();
        AvroBody.Write(record, _body);
        return _body.WrittenSpan;
    }
}
