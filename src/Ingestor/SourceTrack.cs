namespace Kafka.Stock.Ingestor;

/// <summary>How far one (symbol, source) is within the merge: its sequence numbers, watermarks and last bars.</summary>
/// <remarks>
/// A sequence number is the event time times 2,048, or one more than the last where that isn't larger. So it rises, it depends on the
/// data alone, and it stays the same when files of earlier or later days join or leave: what a first run published from Monday's file,
/// a second run over Monday's and Tuesday's doesn't publish again, and a run over Tuesday's alone goes on above it.
/// Event times below 2100 keep it inside 63 bits.
/// </remarks>
sealed class SourceTrack(string symbol, string source, long resumeAfterSequence)
{
    const long SequencesPerMicrosecond = 2_048;

    long _lastSessionBarEndUs = long.MinValue;
    long _lastIntradayBarEndUs = long.MinValue;

    public string Symbol { get; } = symbol;

    public string Source { get; } = source;

    /// <summary>Sequence number of the last record, published or skipped; 0 before the first.</summary>
    public long LastSequence { get; private set; }

    /// <summary>Event time of the last record.</summary>
    public long LastEventUs { get; private set; }

    /// <summary>Time of the last watermark.</summary>
    public long LastWatermarkUs { get; set; } = long.MinValue;

    /// <summary>Latest watermark that is due once the merge has passed it.</summary>
    public long DueWatermarkUs { get; set; } = long.MinValue;

    /// <summary>True when something was published that no position tells of yet.</summary>
    public bool HasNews { get; set; }

    /// <summary>True when there is history to rescale: of this run, or of the run that is resumed.</summary>
    public bool HasHistory => LastSequence > 0 || resumeAfterSequence > 0;

    /// <summary>True when an earlier run published something after the last record.</summary>
    public bool IsWithinEarlierRun => LastSequence < resumeAfterSequence;

    /// <summary>The number of the next record.</summary>
    public long NextSequence(long eventTimeUs) => Math.Max(LastSequence + 1, eventTimeUs * SequencesPerMicrosecond);

    /// <summary>True when an earlier run published the record of this number.</summary>
    public bool IsRepeat(long sequence) => sequence <= resumeAfterSequence;

    /// <summary>Notes a record as done: skipped as a repeat, or published in this very moment.</summary>
    public void Take(long sequence, long eventTimeUs)
    {
        LastSequence = sequence;
        LastEventUs = eventTimeUs;
        HasNews |= !IsRepeat(sequence);
    }

    /// <summary>Notes a bar; false when another file gave one of the same end and interval.</summary>
    public bool TryTakeBar(bool isSession, long endUs)
    {
        ref var last = ref isSession ? ref _lastSessionBarEndUs : ref _lastIntradayBarEndUs;
        if (last == endUs) return false;
        last = endUs;
        return true;
    }
}
