using Kafka.Stock.Calendars;
using Kafka.Stock.Contracts;

namespace Kafka.Stock.BatchJob;

/// <summary>The quality gate beside a stream: takes bars as they are published, and says before each retrain what those that are new
/// since the last one are like.</summary>
/// <remarks>
/// A function of the bars up to the instant of a look, whatever the order in which series come: a pass goes by the end of the bars, then
/// by series. Rows of a look that failed aren't looked at again, because nobody is there who could acknowledge them: they cost their
/// interval that one retrain. Topics are delivered at least once: a bar that is equal to one before, or older than all that are held, is
/// a repeat. Memory: about 110 bytes a bar since the last month end, at most a million of them, and below 1 KiB a series.
/// Not thread-safe.
/// </remarks>
public sealed class BarGate
{
    /// <summary>Bars held at most; more are looked at as they are.</summary>
    const int BarsHeldMax = 1_000_000;

    readonly QualityOptions _options;
    readonly AcknowledgedRows _acknowledged;
    readonly ITradingCalendar _calendar;
    readonly CorporateFactors _factors = new([]);
    readonly SortedDictionary<string, IntervalBars> _intervals = new(StringComparer.Ordinal);
    int _held;

    /// <summary>A gate that has seen nothing.</summary>
    /// <param name="options">Levels and bounds.</param>
    /// <param name="calendar">Sessions of all series.</param>
    /// <param name="acknowledged">Rows that may break rules.</param>
    /// <exception cref="ConfigurationException">An option is out of range.</exception>
    public BarGate(QualityOptions options, ITradingCalendar calendar, AcknowledgedRows acknowledged) =>
        (_options, _calendar, _acknowledged) = (options.Validated(), calendar, acknowledged);

    /// <summary>Takes a bar.</summary>
    public void Add(in Bar bar)
    {
        if (!_intervals.TryGetValue(bar.Series.Interval, out var interval))
            _intervals[bar.Series.Interval] = interval = new IntervalBars(Open([]));
        if (!interval.TryHold(bar) || ++_held <= BarsHeldMax) return;
        Settle(long.MaxValue);
    }

    /// <summary>Takes a split or dividend.</summary>
    public void Add(in CorporateAction action) => _factors.Add(action);

    /// <summary>Checks what has ended by an instant, without a word on it: a month end passes, and nothing is retrained.</summary>
    public void Settle(long atUs)
    {
        _held = 0;
        foreach (var interval in _intervals.Values) _held += interval.Settle(atUs);
    }

    /// <summary>What the bars of an interval are like that ended by an instant and that no earlier look has seen.</summary>
    /// <param name="interval">Length of the bars.</param>
    /// <param name="atUs">Microseconds since 1970 UTC; series that ended earlier are stale.</param>
    public GateResult Look(string interval, long atUs)
    {
        Settle(atUs);
        if (!_intervals.TryGetValue(interval, out var bars) || bars.Gate.Rows == 0) return GateResult.Of(null, StockTopics.Bars.Name);
        var report = bars.Gate.Complete(atUs);
        bars.Gate = Open(bars.Gate.Tails);
        return GateResult.Of(report, StockTopics.Bars.Name);
    }

    QualityGate Open(IReadOnlyList<SeriesTail> tails) => new(_options, _ => _calendar, _factors, _acknowledged, tails);

    /// <summary>Bars of an interval that wait for a pass, and the pass.</summary>
    sealed class IntervalBars(QualityGate gate)
    {
        readonly SortedDictionary<SeriesId, List<Bar>> _held = [];
        readonly Dictionary<SeriesId, long> _settledUs = [];

        public QualityGate Gate { get; set; } = gate;

        public bool TryHold(in Bar bar)
        {
            if (!_held.TryGetValue(bar.Series, out var bars)) _held[bar.Series] = bars = [];
            var isRepeat = bar.EndUs <= _settledUs.GetValueOrDefault(bar.Series, long.MinValue)
                || (bars.Count > 0 && bar.EndUs <= bars[^1].EndUs && bars.Contains(bar));
            if (isRepeat) return false;
            bars.Add(bar);
            return true;
        }

        /// <returns>Bars that are still held.</returns>
        public int Settle(long atUs)
        {
            var due = _held.Values.SelectMany(bars => bars.Where(bar => bar.EndUs <= atUs))
                .OrderBy(bar => bar.EndUs).ThenBy(bar => bar.Series).ToList();
            foreach (var bar in due)
            {
                Gate.Add(new QualityRow(bar.Series, bar.StartUs, bar.EndUs, bar.Open, bar.High, bar.Low, bar.Close, bar.Volume));
                _settledUs[bar.Series] = bar.EndUs;
            }

            foreach (var bars in _held.Values) bars.RemoveAll(bar => bar.EndUs <= atUs);
            return _held.Values.Sum(bars => bars.Count);
        }
    }
}
