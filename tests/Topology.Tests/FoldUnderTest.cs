using Kafka.Stock.Contracts;
using Kafka.Stock.TestKit;

namespace Kafka.Stock.Topology.Tests;

/// <summary>A Topology fold fed with records as their log would hold them.</summary>
sealed class FoldUnderTest
{
    readonly EncodingOutput _input;
    readonly TopologyOptions _options;

    public FoldUnderTest(TopologyOptions? options = null)
    {
        _options = options ?? new TopologyOptions();
        Partition = new FoldPartition<MarketMessage, TopologyState>(new TopologyFold(_options));
        _input = new EncodingOutput((Topic _, in LogRecord record) => Partition.Apply(record, Log.Output));
    }

    public FoldPartition<MarketMessage, TopologyState> Partition { get; }

    public RecordedLog Log { get; } = new();

    public void Feed<TRecord>(string symbol, TRecord record)
        where TRecord : IAvroRecord<TRecord> => _input.Publish(StockTopics.Market, symbol, record);

    public FoldUnderTest Feed(IEnumerable<SourceBar> bars)
    {
        foreach (var bar in bars) Feed(bar.Symbol, bar);
        return this;
    }

    public byte[] Snapshot(string series)
    {
        var state = Partition.States.GetOrAdd(SeriesId.Parse(series));
        var bytes = new byte[state.StateBytes];
        var writer = new Learning.StateWriter(bytes);
        state.Write(ref writer);
        Assert.Equal(bytes.Length, writer.Position);
        return bytes;
    }

    public void Restore(string series, byte[] snapshot)
    {
        var reader = new Learning.StateReader(snapshot);
        var state = Partition.States.GetOrAdd(SeriesId.Parse(series));
        state.Begin(_options.Pipeline);
        state.Read(ref reader);
    }
}
