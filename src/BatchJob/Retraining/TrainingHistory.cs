using Kafka.Stock.Contracts;

namespace Kafka.Stock.BatchJob;

/// <summary>What retrains need of the topics of micro-batches and scores: rows, learning steps, and how the champions did.</summary>
/// <remarks>
/// Fed with decoded records in the order of their topics; the two topics may come one after the other. Keeps, for each series, the rows
/// that the recipe can use and those held back (by default about 1,100 of 100 bytes with 17 features), and micro-batches and scores
/// of the last 96 bars (about 35 kB): some 150 kB a series. Evidence of skill is kept by day for all series of an interval together,
/// 64 bytes a strategy. What is provisional is left out. A series that restarted begins anew.
/// Not thread-safe.
/// </remarks>
public sealed class TrainingHistory
{
    readonly RetrainOptions _options;
    readonly SortedDictionary<string, SortedDictionary<SeriesId, SeriesHistory>> _byInterval = new(StringComparer.Ordinal);
    readonly Dictionary<string, DailyEvidence> _evidence = new(StringComparer.Ordinal);

    /// <summary>An empty history.</summary>
    /// <param name="options">What retrains it is for.</param>
    /// <exception cref="ConfigurationException">Options that make no sense.</exception>
    public TrainingHistory(RetrainOptions options) => _options = options.Validated();

    /// <summary>The topics that it is fed from.</summary>
    public static IReadOnlyList<Topic> Inputs { get; } = [StockTopics.MicroBatches, StockTopics.Scores];

    /// <summary>Intervals of the series seen, in ordinal order.</summary>
    public IReadOnlyCollection<string> Intervals => _byInterval.Keys;

    /// <summary>Takes a micro-batch in; the object may be reused.</summary>
    public void Add(MicroBatch batch)
    {
        if (!batch.Provisional) Of(batch.Series).Add(batch);
    }

    /// <summary>Takes a score in; the object may be reused.</summary>
    public void Add(Score score)
    {
        if (!score.Provisional) Of(score.Series).Add(score);
    }

    /// <summary>End of the last bar of an interval's series, microseconds since 1970 UTC; null before the first.</summary>
    public long? LastBarEndUs(string interval) =>
        SeriesOf(interval).Select(series => series.LastBarEndUs).Where(endUs => endUs is not null).Max();

    /// <summary>How sure one may be of each strategy of an interval, by an instant.</summary>
    internal IReadOnlyList<StrategyEvidence> EvidenceAt(string interval, long atUs) =>
        _evidence.TryGetValue(interval, out var evidence) ? evidence.At(atUs) : [];

    /// <summary>The series of an interval, in ordinal order.</summary>
    internal IReadOnlyCollection<SeriesHistory> SeriesOf(string interval) =>
        _byInterval.TryGetValue(interval, out var series) ? series.Values : [];

    SeriesHistory Of(in SeriesId series)
    {
        if (!_byInterval.TryGetValue(series.Interval, out var all)) _byInterval[series.Interval] = all = [];
        if (!all.TryGetValue(series, out var history))
            all[series] = history = new SeriesHistory(series, EvidenceOf(series.Interval), _options);
        return history;
    }

    DailyEvidence EvidenceOf(string interval)
    {
        if (!_evidence.TryGetValue(interval, out var evidence)) _evidence[interval] = evidence = new DailyEvidence();
        return evidence;
    }
}
