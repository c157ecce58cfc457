namespace Kafka.Stock.Lakehouse;

/// <summary>Which files are small, and what they're packed to.</summary>
public sealed record CompactionOptions
{
    /// <summary>Files below it are packed with others; 64 MiB by default.</summary>
    public long SmallBytes { get; init; } = 64L << 20;

    /// <summary>Most that a bin's files have together; 128 MiB by default.</summary>
    public long TargetBytes { get; init; } = 128L << 20;
}
