using Kafka.Stock.Contracts;
using Kafka.Stock.TestKit;
using Kafka.Stock.Topology;

namespace Kafka.Stock.Trainer.Tests;

/// <summary>A Trainer fold fed with the micro-batches that the Topology makes of bars.</summary>
sealed class FoldUnderTest
{
    readonly FoldPartition<MarketMessage, TopologyState> _topology = new(new TopologyFold(new TopologyOptions()));
    readonly EncodingOutput _market;
    readonly EncodingOutput _batches;

    public FoldUnderTest(TrainerOptions? options = null, Action<LearningStep>? onStep = null)
    {
        Trainer = new FoldPartition<TrainerMessage, TrainerState>(new TrainerFold(options ?? new TrainerOptions(), onStep));
        _batches = new EncodingOutput((Topic topic, in LogRecord record) =>
        {
            if (topic == StockTopics.MicroBatches) Trainer.Apply(record, Log.Output);
        });
        _market = new EncodingOutput((Topic _, in LogRecord record) => _topology.Apply(record, _batches));
    }

    public FoldPartition<TrainerMessage, TrainerState> Trainer { get; }

    public RecordedLog Log { get; } = new();

    public TrainerState State => Trainer.States.GetOrAdd(SeriesId.Parse("AAA/1d/csv"));

    /// <summary>The micro-batches of some bars.</summary>
    public static IReadOnlyList<MicroBatch> BatchesOf(IEnumerable<SourceBar> bars)
    {
        var log = new RecordedLog();
        var topology = new FoldPartition<MarketMessage, TopologyState>(new TopologyFold(new TopologyOptions()));
        var market = new EncodingOutput((Topic _, in LogRecord record) => topology.Apply(record, log.Output));
        foreach (var bar in bars) market.Publish(StockTopics.Market, bar.Symbol, bar);
        return log.Of<MicroBatch>();
    }

    public FoldUnderTest Feed(IEnumerable<SourceBar> bars)
    {
        foreach (var bar in bars) _market.Publish(StockTopics.Market, bar.Symbol, bar);
        return this;
    }

    public FoldUnderTest Feed(IEnumerable<MicroBatch> batches)
    {
        foreach (var batch in batches) Publish(batch.Series.Symbol, batch);
        return this;
    }

    public void Publish<TRecord>(string key, TRecord record)
        where TRecord : IAvroRecord<TRecord> => _batches.Publish(StockTopics.MicroBatches, key, record);

    public void FeedAction(CorporateAction action) => _market.Publish(StockTopics.Market, action.Symbol, action);

    public byte[] Snapshot()
    {
        var bytes = new byte[State.StateBytes];
        var writer = new Learning.StateWriter(bytes);
        State.Write(ref writer);
        Assert.Equal(bytes.Length, writer.Position);
        return bytes;
    }
}
