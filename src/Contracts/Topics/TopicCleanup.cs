using System.Globalization;

namespace Kafka.Stock.Contracts;

/// <summary>What the broker forgets of a topic.</summary>
/// <param name="RetentionDays">Days that records are kept; 0 for a compacted topic, which keeps the last record of each key.</param>
public readonly record struct TopicCleanup(int RetentionDays)
{
    /// <summary>Keeps the last record of each key.</summary>
    public static TopicCleanup Compact { get; } = new(0);

    /// <summary>True for a compacted topic.</summary>
    public bool IsCompact => RetentionDays == 0;

    /// <summary>Keeps records for a number of days.</summary>
    public static TopicCleanup Days(int days) => new(days);

    /// <inheritdoc/>
    public override string ToString() => IsCompact ? "compact" : string.Create(CultureInfo.InvariantCulture, $"delete {RetentionDays} d");
}
