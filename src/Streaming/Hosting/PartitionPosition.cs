namespace Kafka.Stock.Streaming;

/// <summary>How far a fold is in one partition.</summary>
/// <param name="Partition">Number of the partition.</param>
/// <param name="Folded">Next offset to fold.</param>
/// <param name="Committed">Everything before it is folded, its outputs are on the broker, and the group's offset says so.</param>
/// <param name="HighWatermark">End of the partition when the broker last told; -1 before that.</param>
public readonly record struct PartitionPosition(int Partition, long Folded, long Committed, long HighWatermark)
{
    /// <summary>Records that are in the log and not yet committed; 0 while the end isn't known.</summary>
    public long Lag => Math.Max(0, HighWatermark - Committed);
}
