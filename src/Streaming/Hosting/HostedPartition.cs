using Kafka.Stock.Contracts;

namespace Kafka.Stock.Streaming;

/// <summary>What a host keeps of a partition: where the fold stands, and the fold with the states of its series.</summary>
sealed class HostedPartition<TMessage, TState>(int partition, IFold<TMessage, TState> fold)
    where TMessage : new()
    where TState : class, new()
{
    public PartitionProgress Progress { get; } = new(partition);

    public FoldPartition<TMessage, TState> Fold { get; } = new(fold);
}
