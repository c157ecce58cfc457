using Kafka.Stock.Contracts;

namespace Kafka.Stock.Streaming;

/// <summary>Takes everything and publishes nothing: for folding again what has been published already.</summary>
sealed class MutedOutput : IOutput
{
    MutedOutput()
    {
    }

    /// <summary>The only one; it has no state.</summary>
    public static MutedOutput Instance { get; } = new();

    /// <inheritdoc/>
    public void Publish<TRecord>(Topic topic, string symbol, in TRecord record)
        where TRecord : IAvroRecord<TRecord>
    {
    }

    /// <inheritdoc/>
    public void Count(FoldEvent what)
    {
    }
}
