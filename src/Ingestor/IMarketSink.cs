using Kafka.Stock.Contracts;

namespace Kafka.Stock.Ingestor;

/// <summary>Where market records go: the market topic, or memory.</summary>
/// <remarks>Called by one thread at a time, in the order of the merge. Only the two methods that say so wait.</remarks>
public interface IMarketSink
{
    /// <summary>Takes a trade.</summary>
    void Publish(in Tick tick);

    /// <summary>Takes a bar.</summary>
    void Publish(in SourceBar bar);

    /// <summary>Takes a bar of the market reference, for every partition.</summary>
    void Publish(in ReferenceBar bar);

    /// <summary>Takes a watermark.</summary>
    void Publish(in Watermark watermark);

    /// <summary>Takes a split or dividend.</summary>
    void Publish(in CorporateAction action);

    /// <summary>Takes what couldn't be read.</summary>
    /// <param name="key">Symbol, or name of the file where the symbol isn't known.</param>
    /// <param name="bytes">The line as it came, cut at <see cref="Sources.LineParser.MaxLineBytes"/>; read before the call returns.</param>
    /// <param name="where">File and line.</param>
    /// <param name="found">What was there.</param>
    /// <param name="expected">What should have been there.</param>
    void DeadLetter(string key, ReadOnlySpan<byte> bytes, string where, string found, string expected);

    /// <summary>Takes how far a source is. It must not become durable before all that was published before it.</summary>
    void Position(in IngestPosition position);

    /// <summary>Completes when records of an event time may come: called before <see cref="WaitForRoomAsync"/> of each new market
    /// record, with times that never go back. At once unless a sink says otherwise.</summary>
    /// <param name="eventTimeUs">Of the record that comes next, microseconds since 1970 UTC.</param>
    /// <param name="cancellation">Ends the wait.</param>
    ValueTask WaitForTimeAsync(long eventTimeUs, CancellationToken cancellation) => ValueTask.CompletedTask;

    /// <summary>Completes when there is room for the next record: called before each.</summary>
    ValueTask WaitForRoomAsync(CancellationToken cancellation);
}
