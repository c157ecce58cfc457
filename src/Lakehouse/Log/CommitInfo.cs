using System.Collections.Immutable;

namespace Kafka.Stock.Lakehouse;

/// <summary>Who committed what, for history and for finding one's own commit again. Free form: what isn't understood is left out.</summary>
public sealed record CommitInfo : LogAction
{
    /// <summary>The writer's clock, ms since 1970 UTC.</summary>
    public long? TimestampMs { get; init; }

    /// <summary>Such as <c>WRITE</c> or <c>OPTIMIZE</c>.</summary>
    public string? Operation { get; init; }

    /// <summary>By name; what isn't text stands as JSON.</summary>
    public ImmutableSortedDictionary<string, string> OperationParameters { get; init; } = LogMaps.Empty;

    /// <summary>Counts of the operation, by name.</summary>
    public ImmutableSortedDictionary<string, string> OperationMetrics { get; init; } = LogMaps.Empty;

    /// <summary>Version that the writer had read.</summary>
    public long? ReadVersion { get; init; }

    /// <summary>It added rows and read nothing of the table.</summary>
    public bool? IsBlindAppend { get; init; }

    /// <summary>Program that wrote.</summary>
    public string? EngineInfo { get; init; }

    /// <summary>Unique to the commit: settles whose it is when an answer was lost.</summary>
    public string? TxnId { get; init; }

    /// <summary>Time of the commit within the log itself, ms since 1970 UTC: a writer feature of others.</summary>
    public long? InCommitTimestampMs { get; init; }
}
