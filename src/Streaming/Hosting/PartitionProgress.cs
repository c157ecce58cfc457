namespace Kafka.Stock.Streaming;

/// <summary>Where a fold stands in a partition. Written by the thread of the partition, read by anybody.</summary>
/// <remarks>Progress, not the state: what a transaction or a changelog would carry beside outputs and offsets.</remarks>
sealed class PartitionProgress(int partition)
{
    long _next;
    long _committed;
    long _high = -1;

    public int Partition { get; } = partition;

    /// <summary>Outputs are muted before this offset: they are on the broker since an earlier run.</summary>
    public long LiveFrom { get; private set; }

    /// <summary>Next offset to fold.</summary>
    public long Next => Volatile.Read(ref _next);

    /// <summary>The group's offset.</summary>
    public long Committed => Volatile.Read(ref _committed);

    /// <summary>Folded beyond what is committed.</summary>
    public bool IsDirty => _next > _committed;

    public PartitionPosition Position => new(Partition, Next, Committed, Volatile.Read(ref _high));

    /// <summary>Begins at an offset; nothing before <paramref name="liveFrom"/> is published again.</summary>
    public void Begin(long next, long liveFrom)
    {
        Volatile.Write(ref _next, next);
        Volatile.Write(ref _committed, liveFrom);
        LiveFrom = liveFrom;
    }

    public void Folded(long offset) => Volatile.Write(ref _next, offset + 1);

    public void CommittedTo(long offset) => Volatile.Write(ref _committed, offset);

    /// <summary>Takes the end of the partition; -1 for not known, which changes nothing.</summary>
    public void SawHighWatermark(long offset)
    {
        if (offset >= 0) Volatile.Write(ref _high, offset);
    }
}
