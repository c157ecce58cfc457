using Kafka.Stock.Contracts;

namespace Kafka.Stock.Ingestor;

/// <summary>Keeps all that it is given, in order: for tests, for benchmarks and for looking at a file without a broker.</summary>
public sealed class MemorySink : IMarketSink
{
    readonly List<object> _records = [];
    readonly List<MemoryDeadLetter> _deadLetters = [];
    readonly List<IngestPosition> _positions = [];

    /// <summary><see cref="Tick"/>, <see cref="SourceBar"/>, <see cref="ReferenceBar"/>, <see cref="Watermark"/> and
    /// <see cref="CorporateAction"/> in order.</summary>
    public IReadOnlyList<object> Records => _records;

    /// <summary>What couldn't be read, in order.</summary>
    public IReadOnlyList<MemoryDeadLetter> DeadLetters => _deadLetters;

    /// <summary>All positions, in order: the last one of a (source, symbol) counts.</summary>
    public IReadOnlyList<IngestPosition> Positions => _positions;

    /// <inheritdoc/>
    public void Publish(in Tick tick) => _records.Add(tick);

    /// <inheritdoc/>
    public void Publish(in SourceBar bar) => _records.Add(bar);

    /// <inheritdoc/>
    public void Publish(in ReferenceBar bar) => _records.Add(bar);

    /// <inheritdoc/>
    public void Publish(in Watermark watermark) => _records.Add(watermark);

    /// <inheritdoc/>
    public void Publish(in CorporateAction action) => _records.Add(action);

    /// <inheritdoc/>
    public void DeadLetter(string key, ReadOnlySpan<byte> bytes, string where, string found, string expected) =>
        _deadLetters.Add(new MemoryDeadLetter(key, bytes.ToArray(), where, found, expected));

    /// <inheritdoc/>
    public void Position(in IngestPosition position) => _positions.Add(position);

    /// <inheritdoc/>
    public ValueTask WaitForRoomAsync(CancellationToken cancellation) => ValueTask.CompletedTask;
}
