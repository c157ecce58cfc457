using Kafka.Stock.Contracts;

namespace Kafka.Stock.Streaming;

/// <summary>What a host keeps of a partition: where the fold stands, and the states of its series.</summary>
sealed class FoldPartition<TState>(int partition)
    where TState : class, new()
{
    public PartitionProgress Progress { get; } = new(partition);

    public SeriesStates<TState> States { get; private set; } = new();

    /// <summary>Begins without a state, as each start without a changelog does.</summary>
    public void Clear() => States = new SeriesStates<TState>();
}
