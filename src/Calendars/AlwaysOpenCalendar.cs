namespace Kafka.Stock.Calendars;

/// <summary>A market that never closes, such as crypto currencies: every UTC day is a session from 00:00 to 24:00.</summary>
public sealed class AlwaysOpenCalendar : ITradingCalendar
{
    static readonly DateOnly s_lastDay = new(2199, 12, 31);
    static readonly long s_endUs = CalendarTime.MidnightUs(s_lastDay) + CalendarTime.DayUs;

    AlwaysOpenCalendar()
    {
    }

    /// <summary>The only instance.</summary>
    public static AlwaysOpenCalendar Instance { get; } = new();

    /// <inheritdoc />
    public string Name => "24x7";

    /// <summary>1970-01-01: where times begin to be positive.</summary>
    public DateOnly FirstDay => CalendarTime.Epoch;

    /// <summary>2199-12-31.</summary>
    public DateOnly LastDay => s_lastDay;

    /// <inheritdoc />
    public bool TryGetSession(DateOnly day, out TradingSession session)
    {
        if (day < FirstDay || day > LastDay) throw RangeErrors.Day(this, day);
        session = SessionOf(day);
        return true;
    }

    /// <inheritdoc />
    public long DayStartUs(DateOnly day) =>
        day < FirstDay || day > LastDay ? throw RangeErrors.Day(this, day) : CalendarTime.MidnightUs(day);

    /// <inheritdoc />
    public DateOnly TradingDay(long timeUs)
    {
        if (timeUs < 0 || timeUs >= s_endUs) throw RangeErrors.Time(this, timeUs);
        return CalendarTime.Epoch.AddDays((int)(timeUs / CalendarTime.DayUs));
    }

    /// <inheritdoc />
    public bool TryGetSessionAt(long timeUs, out TradingSession session)
    {
        session = SessionOf(TradingDay(timeUs));
        return true;
    }

    /// <inheritdoc />
    public TradingSession NextSession(DateOnly after)
    {
        if (after < FirstDay || after >= LastDay) throw RangeErrors.NextOf(this, after);
        return SessionOf(after.AddDays(1));
    }

    /// <inheritdoc />
    public TradingSession PreviousSession(DateOnly before)
    {
        if (before <= FirstDay || before > LastDay) throw RangeErrors.PreviousOf(this, before);
        return SessionOf(before.AddDays(-1));
    }

    /// <inheritdoc />
    public long NextBarEnd(long intervalUs, long barEndUs)
    {
        CalendarTime.CheckInterval(intervalUs);
        if (barEndUs < 0 || barEndUs >= s_endUs) throw RangeErrors.Time(this, barEndUs);
        if (intervalUs == 0) return CalendarTime.FloorUs(barEndUs, CalendarTime.DayUs) + CalendarTime.DayUs;
        var endUs = barEndUs + intervalUs;
        return endUs <= s_endUs ? endUs : throw RangeErrors.Time(this, endUs);
    }

    /// <inheritdoc />
    public int BarsOfSession(TradingSession session, long intervalUs) => new SessionBarStarts(session, intervalUs).Count;

    /// <inheritdoc />
    public SessionBarStarts BarStarts(TradingSession session, long intervalUs) => new(session, intervalUs);

    static TradingSession SessionOf(DateOnly day)
    {
        var openUs = CalendarTime.MidnightUs(day);
        return new TradingSession(day, openUs, openUs + CalendarTime.DayUs, IsHalfDay: false);
    }
}
