namespace Kafka.Stock.Contracts;

/// <summary>Things a fold counts without publishing a record.</summary>
public enum FoldEvent
{
    /// <summary>A tick older than its source's watermark: its window is closed. It stays in the log, and in bronze.</summary>
    LateTick,

    /// <summary>A record whose sequence number had been seen.</summary>
    Duplicate,

    /// <summary>A series restarted after more than 30 days without a bar.</summary>
    SeriesRestarted,

    /// <summary>A learning step was skipped because something wasn't finite.</summary>
    SkippedStep,

    /// <summary>A forecast whose series has a market reference that had no bar of the same end: its features are zeros there.</summary>
    NoReference,
}
