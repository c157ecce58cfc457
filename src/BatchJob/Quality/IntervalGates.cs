using Kafka.Stock.Calendars;
using Kafka.Stock.Contracts;

namespace Kafka.Stock.BatchJob;

/// <summary>A pass of the quality gate for each interval by itself: bad minutes don't hold back the daily models.</summary>
/// <remarks>Pure, as <see cref="QualityGate"/>: rows go in by <see cref="Add"/> and reports come out at the end. Not thread-safe.</remarks>
public sealed class IntervalGates
{
    readonly QualityOptions _options;
    readonly Func<IEnumerable<SeriesTail>, QualityGate> _open;
    readonly SortedDictionary<string, QualityGate> _gates = new(StringComparer.Ordinal);
    readonly SortedDictionary<string, List<SeriesTail>> _tails = new(StringComparer.Ordinal);
    long? _latestEndUs;

    /// <summary>Gates at the beginning of a pass.</summary>
    /// <param name="options">Levels and bounds.</param>
    /// <param name="calendarOf">The calendar of a series' exchange.</param>
    /// <param name="actions">Corporate actions known so far.</param>
    /// <param name="acknowledged">Rows that may break rules.</param>
    /// <param name="tails">Where the last pass ended, one a series.</param>
    /// <exception cref="ConfigurationException">An option is out of range.</exception>
    public IntervalGates(
        QualityOptions options, Func<SeriesId, ITradingCalendar> calendarOf, IEnumerable<CorporateAction> actions,
        AcknowledgedRows acknowledged, IEnumerable<SeriesTail> tails)
    {
        _options = options.Validated();
        var factors = new CorporateFactors(actions);
        _open = known => new QualityGate(_options, calendarOf, factors, acknowledged, known);
        foreach (var tail in tails)
        {
            if (!_tails.TryGetValue(tail.Series.Interval, out var known)) _tails[tail.Series.Interval] = known = [];
            known.Add(tail);
            _latestEndUs = Math.Max(_latestEndUs ?? tail.EndUs, tail.EndUs);
        }
    }

    /// <summary>Checks the next row.</summary>
    /// <exception cref="FormatException">The series' interval is none.</exception>
    public void Add(in QualityRow row)
    {
        if (!_gates.TryGetValue(row.Series.Interval, out var gate))
            _gates[row.Series.Interval] = gate = _open(_tails.GetValueOrDefault(row.Series.Interval) ?? []);
        gate.Add(row);
        _latestEndUs = Math.Max(_latestEndUs ?? row.EndUs, row.EndUs);
    }

    /// <summary>The reports of the pass.</summary>
    /// <param name="eventTimeUs">The present by event time, microseconds since 1970 UTC; null for the latest end of all series.</param>
    public IntervalReports Complete(long? eventTimeUs)
    {
        var presentUs = eventTimeUs ?? _latestEndUs;
        var reports = new SortedDictionary<string, QualityReport>(StringComparer.Ordinal);
        foreach (var (interval, gate) in _gates) reports[interval] = gate.Complete(presentUs);
        return new IntervalReports(reports, [.. _tails.Keys], _open([]).Complete(presentUs), _options.SamplesMax);
    }

    /// <summary>Where the next pass begins: after the rows of an interval that passed, and where this one began for others.</summary>
    public IReadOnlyList<SeriesTail> TailsAfter(IntervalReports reports) =>
    [
        .. _gates.Where(gate => reports.Of(gate.Key)!.IsPassed).SelectMany(gate => gate.Value.Tails)
            .Concat(_tails.Where(tails => reports.Of(tails.Key) is not { IsPassed: true }).SelectMany(tails => tails.Value))
            .OrderBy(tail => tail.Series),
    ];
}
