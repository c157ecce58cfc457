using System.Globalization;
using Kafka.Stock.Calendars;
using Kafka.Stock.Contracts;

namespace Kafka.Stock.BatchJob;

/// <summary>The checks that rows pass before a model learns from them: all of <see cref="QualityCheck.All"/>, in one pass over the rows
/// that are new since the last one.</summary>
/// <remarks>
/// Pure: rows go in by <see cref="Add"/>, in the order in which they are stored, and <see cref="Complete"/> gives the report. Memory:
/// below 1 KiB a series, the corporate actions, the acknowledged rows and the samples. Not thread-safe.
/// </remarks>
public sealed class QualityGate
{
    /// <summary>Largest usual change of close from bar to bar, as a share.</summary>
    const double JumpMax = 0.5;

    delegate string? RowRule(in QualityRow row);

    readonly QualityOptions _options;
    readonly Func<SeriesId, ITradingCalendar> _calendarOf;
    readonly CorporateFactors _factors;
    readonly Dictionary<SeriesId, SeriesWatch> _series = [];
    readonly Dictionary<string, CheckTally> _tallies;
    readonly (CheckTally Tally, RowRule Rule)[] _rowRules;
    long _rows;

    /// <summary>A gate at the beginning of a pass.</summary>
    /// <param name="options">Levels and bounds.</param>
    /// <param name="calendarOf">The calendar of a series' exchange.</param>
    /// <param name="actions">Corporate actions known so far.</param>
    /// <param name="acknowledged">Rows that may break rules.</param>
    /// <param name="tails">Where the last pass ended, one a series; without them the first row of a series has nothing before it.</param>
    /// <exception cref="ConfigurationException">An option is out of range.</exception>
    public QualityGate(
        QualityOptions options, Func<SeriesId, ITradingCalendar> calendarOf, IEnumerable<CorporateAction> actions,
        AcknowledgedRows acknowledged, IEnumerable<SeriesTail> tails)
        : this(options, calendarOf, new CorporateFactors(actions), acknowledged, tails)
    {
    }

    /// <summary>One whose corporate actions may become known while rows go by.</summary>
    internal QualityGate(
        QualityOptions options, Func<SeriesId, ITradingCalendar> calendarOf, CorporateFactors factors, AcknowledgedRows acknowledged,
        IEnumerable<SeriesTail> tails)
    {
        _options = options.Validated();
        _calendarOf = calendarOf;
        _factors = factors;
        _tallies = QualityCheck.All.ToDictionary(
            check => check.Name,
            check => new CheckTally(
                check, options.FailOn.Contains(check.Name) ? QualityLevel.Fail : check.Level, options.SamplesMax, acknowledged));
        _rowRules =
        [
            (Of(QualityCheck.CompletenessClose), RowRules.CompletenessClose),
            (Of(QualityCheck.CompletenessVolume), RowRules.CompletenessVolume),
            (Of(QualityCheck.MinOpen), RowRules.MinOpen),
            (Of(QualityCheck.MaxVolume), RowRules.MaxVolume),
            (Of(QualityCheck.High), RowRules.High),
            (Of(QualityCheck.Low), RowRules.Low),
            (Of(QualityCheck.Spikes), RowRules.Spikes),
        ];
        foreach (var tail in tails) WatchOf(tail.Series).Resume(tail);
    }

    /// <summary>Where this pass has come to, by series in order: the next pass begins with it.</summary>
    public IReadOnlyList<SeriesTail> Tails =>
    [
        .. _series.Where(one => one.Value.HasRows)
            .Select(one => new SeriesTail(one.Key, one.Value.LatestEndUs, one.Value.LatestClose, one.Value.LatestCloseEndUs))
            .OrderBy(tail => tail.Series),
    ];

    /// <summary>Rows of this pass so far.</summary>
    internal long Rows => _rows;

    /// <summary>Checks the next row.</summary>
    /// <exception cref="FormatException">The series' interval is none.</exception>
    public void Add(in QualityRow row)
    {
        _rows++;
        foreach (var (tally, rule) in _rowRules) Count(tally, row, rule(row));
        var watch = WatchOf(row.Series);
        var goesBack = watch.HasRows && row.EndUs <= watch.LatestEndUs;
        Count(Of(QualityCheck.Unique), row, goesBack && watch.HasRecent(row.EndUs) ? "an end that came before" : null);
        Count(Of(QualityCheck.Increasing), row, goesBack ? $"an end not after {EventTimeText.Of(watch.LatestEndUs)}" : null);
        if (watch.HasRows && !goesBack)
        {
            Count(Of(QualityCheck.Gaps), row, GapBefore(row, watch));
            if (row.Close is { } close && watch.LatestClose is { Micros: > 0 } before)
            {
                Count(Of(QualityCheck.Jumps), row, Jump(before, close, row, watch.LatestCloseEndUs));
            }
        }

        watch.See(row.EndUs, row.Close, row.Place);
    }

    /// <summary>The report of the pass.</summary>
    /// <param name="eventTimeUs">The present by event time, microseconds since 1970 UTC: how far sources are known to be done. A series
    /// that ended earlier is stale, also one without a new row; null for the latest end of all series.</param>
    public QualityReport Complete(long? eventTimeUs)
    {
        var size = Of(QualityCheck.Size);
        size.CheckedAsWhole(_rows);
        if (_rows == 0) size.BadAsWhole("no rows");

        var watches = _series.Where(one => one.Value.HasRows).OrderBy(one => one.Key).ToList();
        var presentUs = eventTimeUs ?? watches.Select(one => one.Value.LatestEndUs).DefaultIfEmpty(0).Max();
        foreach (var (series, watch) in watches)
        {
            var row = new QualityRow(series, 0, watch.LatestEndUs, null, null, null, null, null, watch.LatestPlace);
            Count(Of(QualityCheck.Freshness), row, Staleness(series, watch, presentUs));
        }

        return new QualityReport([.. QualityCheck.All.Select(check => Of(check).Result())]);
    }

    static void Count(CheckTally tally, in QualityRow row, string? found)
    {
        if (found is null)
        {
            tally.Good();
        }
        else
        {
            tally.Bad(row.Series, row.EndUs, row.Place, found);
        }
    }

    CheckTally Of(QualityCheck check) => _tallies[check.Name];

    SeriesWatch WatchOf(SeriesId series)
    {
        if (!_series.TryGetValue(series, out var watch)) _series.Add(series, watch = new SeriesWatch(series));
        return watch;
    }

    string? GapBefore(in QualityRow row, SeriesWatch watch)
    {
        try
        {
            var calendar = _calendarOf(row.Series);
            var missing = CalendarRules.MissingBars(calendar, watch.Interval, watch.LatestEndUs, row.StartUs, row.EndUs);
            return missing <= UsualHole(watch.Interval)
                ? null
                : string.Create(CultureInfo.InvariantCulture, $"missing bars: {missing}, since {EventTimeText.Of(watch.LatestEndUs)}");
        }
        catch (CalendarRangeException beyond)
        {
            return $"{beyond.Found}, beyond the {beyond.Where} ({beyond.Expected})";
        }
    }

    /// <summary>Bars that may be missing without being a gap.</summary>
    long UsualHole(BarInterval interval) => interval.IsSession
        ? 0
        : Math.Max(0, (_options.GapMinutesMin * BarInterval.Minute.LengthUs / interval.LengthUs) - 1);

    string? Jump(Price before, Price close, in QualityRow row, long beforeEndUs)
    {
        var comparable = before.ToDouble() * _factors.Between(row.Series, beforeEndUs, row.EndUs);
        var change = (close.ToDouble() / comparable) - 1;
        return Math.Abs(change) <= JumpMax
            ? null
            : string.Create(CultureInfo.InvariantCulture, $"close {close} after {comparable:0.######} ({change * 100:+0.0;-0.0} %)");
    }

    string? Staleness(SeriesId series, SeriesWatch watch, long presentUs)
    {
        try
        {
            var closed = CalendarRules.ClosedSessions(_calendarOf(series), watch.LatestEndUs, presentUs);
            return closed <= _options.StaleSessionsMax
                ? null
                : string.Create(CultureInfo.InvariantCulture, $"sessions closed since: {closed}, until {EventTimeText.Of(presentUs)}");
        }
        catch (CalendarRangeException beyond)
        {
            return $"{beyond.Found}, beyond the {beyond.Where} ({beyond.Expected})";
        }
    }
}
