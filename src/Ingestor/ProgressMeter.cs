namespace Kafka.Stock.Ingestor;

/// <summary>Counts what a replay does, and tells whoever wants to know, at most ten times a second.</summary>
sealed class ProgressMeter(Action<IngestProgress>? report, TimeProvider time)
{
    /// <summary>The clock is asked only so often.</summary>
    const int LookEvery = 64;

    static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(100);

    long _reportedAt = time.GetTimestamp();
    int _untilLook = LookEvery;

    public long Ticks { get; set; }

    public long Bars { get; set; }

    public long ReferenceBars { get; set; }

    public long Watermarks { get; set; }

    public long CorporateActions { get; set; }

    public long DeadLetters { get; set; }

    public long Skipped { get; set; }

    public long EventTimeUs { get; set; }

    /// <summary>The counts, with the bytes of these files.</summary>
    public IngestProgress Now(IReadOnlyList<FileCursor> files) => new()
    {
        TickCount = Ticks,
        BarCount = Bars,
        ReferenceBarCount = ReferenceBars,
        WatermarkCount = Watermarks,
        CorporateActionCount = CorporateActions,
        DeadLetterCount = DeadLetters,
        SkippedCount = Skipped,
        BytesRead = files.Sum(file => file.BytesRead),
        BytesTotal = files.Sum(file => file.LengthBytes),
        EventTimeUs = EventTimeUs,
    };

    /// <summary>Reports, when it is time to.</summary>
    /// <param name="files">All files of the replay.</param>
    /// <param name="isPaced">True when records come slowly, so that each may be worth a report.</param>
    public void Look(IReadOnlyList<FileCursor> files, bool isPaced)
    {
        if (report is null || (--_untilLook > 0 && !isPaced)) return;
        _untilLook = LookEvery;
        if (time.GetElapsedTime(_reportedAt) < s_interval) return;
        _reportedAt = time.GetTimestamp();
        report(Now(files));
    }

    /// <summary>Reports the end, always.</summary>
    public IngestProgress Finish(IReadOnlyList<FileCursor> files)
    {
        var progress = Now(files);
        report?.Invoke(progress);
        return progress;
    }
}
