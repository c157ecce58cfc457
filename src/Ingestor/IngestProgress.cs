namespace Kafka.Stock.Ingestor;

/// <summary>How far a replay is. Counts are of this run; <see cref="RecordCount"/> leaves out what was skipped.</summary>
public readonly record struct IngestProgress
{
    /// <summary>Trades published.</summary>
    public long TickCount { get; init; }

    /// <summary>Bars published.</summary>
    public long BarCount { get; init; }

    /// <summary>Bars of the market reference published, each once however many partitions there are.</summary>
    public long ReferenceBarCount { get; init; }

    /// <summary>Watermarks published.</summary>
    public long WatermarkCount { get; init; }

    /// <summary>Splits and dividends published.</summary>
    public long CorporateActionCount { get; init; }

    /// <summary>Lines that couldn't be read.</summary>
    public long DeadLetterCount { get; init; }

    /// <summary>Records at or before the position where an earlier run stopped: not published again.</summary>
    public long SkippedCount { get; init; }

    /// <summary>Bytes of files read, as they lie on disk.</summary>
    public long BytesRead { get; init; }

    /// <summary>Bytes of all files, as they lie on disk.</summary>
    public long BytesTotal { get; init; }

    /// <summary>Event time of the merge, microseconds since 1970 UTC; 0 before the first record.</summary>
    public long EventTimeUs { get; init; }

    /// <summary>All records published, without dead letters and positions.</summary>
    public long RecordCount => TickCount + BarCount + ReferenceBarCount + WatermarkCount + CorporateActionCount;
}
