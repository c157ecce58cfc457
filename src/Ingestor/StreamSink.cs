using System.Text;
using Kafka.Stock.Contracts;
using Kafka.Stock.Streaming;

namespace Kafka.Stock.Ingestor;

/// <summary>Publishes market records to Kafka.</summary>
/// <remarks>At least once: before a position is published everything before it has been delivered, so a crash can repeat records, which
/// the Topology drops by their sequence numbers, but never lose one.</remarks>
/// <param name="publisher">Owned by the caller, who flushes it at the end.</param>
/// <param name="market">Topic of the records; null: the one of the topic table.</param>
public sealed class StreamSink(RecordPublisher publisher, Topic? market = null) : IMarketSink
{
    const string Role = "ingestor";

    readonly Topic _market = market ?? StockTopics.Market;
    bool _isDelivered = true;

    /// <inheritdoc/>
    public void Publish(in Tick tick) => Publish(tick.Symbol, tick);

    /// <inheritdoc/>
    public void Publish(in SourceBar bar) => Publish(bar.Symbol, bar);

    /// <inheritdoc/>
    public void Publish(in ReferenceBar bar)
    {
        _isDelivered = false;
        publisher.PublishToAll(_market, bar.Bar.Symbol, bar);
    }

    /// <inheritdoc/>
    public void Publish(in Watermark watermark) => Publish(watermark.Symbol, watermark);

    /// <inheritdoc/>
    public void Publish(in CorporateAction action) => Publish(action.Symbol, action);

    /// <inheritdoc/>
    public void DeadLetter(string key, ReadOnlySpan<byte> bytes, string where, string found, string expected)
    {
        _isDelivered = false;
        var headers = DeadLetterHeaders.Of(new RecordDefectException(where, found, expected), Role);
        publisher.PublishRaw(StockTopics.DeadLetters, Encoding.UTF8.GetBytes(key), bytes.ToArray(), headers);
    }

    /// <inheritdoc/>
    public void Position(in IngestPosition position)
    {
        if (!_isDelivered) publisher.Flush();
        _isDelivered = true;
        publisher.Publish(StockTopics.IngestPositions, $"{position.Source}/{position.Symbol}", position);
    }

    /// <inheritdoc/>
    public ValueTask WaitForRoomAsync(CancellationToken cancellation) => publisher.RoomAsync(_market, cancellation);

    void Publish<TRecord>(string symbol, in TRecord record)
        where TRecord : IAvroRecord<TRecord>
    {
        _isDelivered = false;
        publisher.Publish(_market, symbol, record);
    }
}
