namespace Kafka.Stock.Calendars;

/// <summary>NYSE and Nasdaq: 09:30 to 16:00 New York, half days to 13:00, with all holidays and closures of 1998 to 2030.</summary>
/// <remarks>
/// Regular hours as planned: a late open (2002-09-11) or a halt within a day isn't in it. Extended hours are 04:00 to 20:00 New York
/// on every trading day. One table of all sessions is made at construction (about 0.4 MB); after that each call is a look-up.
/// Days after the newest line of the data file follow the rules, so an exceptional closure yet to come isn't known.
/// </remarks>
public sealed class UsEquitiesCalendar : ITradingCalendar
{
    const long OpenOfDayUs = (9 * CalendarTime.HourUs) + (30 * CalendarTime.MinuteUs);
    const long CloseOfDayUs = 16 * CalendarTime.HourUs;
    const long EarlyCloseOfDayUs = 13 * CalendarTime.HourUs;
    const long ExtendedBeforeOpenUs = OpenOfDayUs - (4 * CalendarTime.HourUs);
    const long ExtendedAfterOpenUs = (20 * CalendarTime.HourUs) - OpenOfDayUs;

    static readonly DateOnly s_firstDay = new(1998, 1, 1);
    static readonly DateOnly s_lastDay = new(2030, 12, 31);

    /// <summary>All sessions in order.</summary>
    readonly TradingSession[] _sessions;

    /// <summary>[day since the first] index of the first session on that day or later; one more entry for the day after the last.</summary>
    readonly int[] _sessionFrom;

    /// <summary>[day since the first] UTC of midnight in New York; one more entry for the day after the last.</summary>
    readonly long[] _midnightUs;

    UsEquitiesCalendar()
    {
        var exceptions = ExceptionalDays.Load("us-equities-exceptions.csv");
        var days = s_lastDay.DayNumber - s_firstDay.DayNumber + 1;
        var sessions = new List<TradingSession>(days);
        _sessionFrom = new int[days + 1];
        _midnightUs = new long[days + 1];
        for (var index = 0; index <= days; index++)
        {
            var day = s_firstDay.AddDays(index);
            _sessionFrom[index] = sessions.Count;
            _midnightUs[index] = UsEasternTime.MidnightUs(day);
            if (index < days && IsTradingDay(day, exceptions)) sessions.Add(SessionOf(day, exceptions));
        }

        _sessions = [.. sessions];
    }

    /// <summary>The only instance.</summary>
    public static UsEquitiesCalendar Instance { get; } = new();

    /// <inheritdoc />
    public string Name => "us-equities";

    /// <summary>1998-01-01.</summary>
    public DateOnly FirstDay => s_firstDay;

    /// <summary>2030-12-31.</summary>
    public DateOnly LastDay => s_lastDay;

    /// <inheritdoc />
    public bool TryGetSession(DateOnly day, out TradingSession session) => TryGetSessionOfIndex(IndexOf(day), out session);

    /// <inheritdoc />
    public DateOnly TradingDay(long timeUs) => s_firstDay.AddDays(IndexAt(timeUs));

    /// <inheritdoc />
    public long DayStartUs(DateOnly day)
    {
        _ = IndexOf(day);
        return UsEasternTime.MidnightUs(day);
    }

    /// <inheritdoc />
    public bool TryGetSessionAt(long timeUs, out TradingSession session)
    {
        if (TryGetSessionOfIndex(IndexAt(timeUs), out session) && session.OpenUs <= timeUs && timeUs < session.CloseUs) return true;
        session = default;
        return false;
    }

    /// <inheritdoc />
    public TradingSession NextSession(DateOnly after)
    {
        var next = _sessionFrom[IndexOf(after) + 1];
        return next < _sessions.Length ? _sessions[next] : throw RangeErrors.NextOf(this, after);
    }

    /// <inheritdoc />
    public TradingSession PreviousSession(DateOnly before)
    {
        var next = _sessionFrom[IndexOf(before)];
        return next > 0 ? _sessions[next - 1] : throw RangeErrors.PreviousOf(this, before);
    }

    /// <inheritdoc />
    public long NextBarEnd(long intervalUs, long barEndUs)
    {
        CalendarTime.CheckInterval(intervalUs);
        if (intervalUs == 0) return FirstClosingAfter(barEndUs);
        var endUs = barEndUs + intervalUs;
        if (TryGetSessionOfIndex(IndexAt(endUs), out var session)
            && endUs > session.OpenUs - ExtendedBeforeOpenUs
            && endUs <= session.OpenUs + ExtendedAfterOpenUs)
        {
            return endUs;
        }

        return FirstRegularBarEndAfter(intervalUs, barEndUs);
    }

    /// <inheritdoc />
    public int BarsOfSession(TradingSession session, long intervalUs) => new SessionBarStarts(session, intervalUs).Count;

    /// <inheritdoc />
    public SessionBarStarts BarStarts(TradingSession session, long intervalUs) => new(session, intervalUs);

    static bool IsTradingDay(DateOnly day, ExceptionalDays exceptions) =>
        day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) && !UsEquitiesRules.IsHoliday(day) && !exceptions.IsClosed(day);

    static TradingSession SessionOf(DateOnly day, ExceptionalDays exceptions)
    {
        var isHalfDay = UsEquitiesRules.IsHalfDay(day) || exceptions.IsHalfDay(day);
        var openUs = UsEasternTime.ToUtcUs(day, OpenOfDayUs);
        return new TradingSession(day, openUs, openUs + (isHalfDay ? EarlyCloseOfDayUs : CloseOfDayUs) - OpenOfDayUs, isHalfDay);
    }

    long FirstClosingAfter(long timeUs)
    {
        for (var next = _sessionFrom[IndexAt(timeUs)]; next < _sessions.Length; next++)
        {
            if (_sessions[next].CloseUs > timeUs) return _sessions[next].CloseUs;
        }

        throw RangeErrors.Time(this, timeUs);
    }

    /// <summary>The end of the first window with an open in it: the same day's while that is still to come.</summary>
    long FirstRegularBarEndAfter(long intervalUs, long timeUs)
    {
        for (var next = _sessionFrom[IndexAt(timeUs)]; next < _sessions.Length; next++)
        {
            var endUs = CalendarTime.FloorUs(_sessions[next].OpenUs, intervalUs) + intervalUs;
            if (endUs > timeUs) return endUs;
        }

        throw RangeErrors.Time(this, timeUs);
    }

    bool TryGetSessionOfIndex(int index, out TradingSession session)
    {
        var at = _sessionFrom[index];
        if (_sessionFrom[index + 1] > at)
        {
            session = _sessions[at];
            return true;
        }

        session = default;
        return false;
    }

    int IndexOf(DateOnly day)
    {
        var index = day.DayNumber - s_firstDay.DayNumber;
        return (uint)index < (uint)(_sessionFrom.Length - 1) ? index : throw RangeErrors.Day(this, day);
    }

    /// <summary>The guess by standard time is right or, in the first hour of a summer day, one too low.</summary>
    int IndexAt(long timeUs)
    {
        if (timeUs < _midnightUs[0] || timeUs >= _midnightUs[^1]) throw RangeErrors.Time(this, timeUs);
        var index = (int)((timeUs - _midnightUs[0]) / CalendarTime.DayUs);
        return timeUs >= _midnightUs[index + 1] ? index + 1 : index;
    }
}
