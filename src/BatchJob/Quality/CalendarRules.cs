using Kafka.Stock.Calendars;
using Kafka.Stock.Contracts;

namespace Kafka.Stock.BatchJob;

/// <summary>What the exchange calendar says about the time between two rows.</summary>
static class CalendarRules
{
    /// <summary>Bars that are missing between two ends, of those that fit into regular hours. 0 where the rows are neighbours.</summary>
    /// <param name="calendar">The exchange's.</param>
    /// <param name="interval">Length of the bars.</param>
    /// <param name="previousEndUs">End of the earlier row.</param>
    /// <param name="startUs">Start of the later row.</param>
    /// <param name="endUs">End of the later row.</param>
    /// <exception cref="CalendarRangeException">A time is beyond the calendar.</exception>
    /// <remarks>O(1) for neighbours, O(sessions between) for others.</remarks>
    public static long MissingBars(ITradingCalendar calendar, BarInterval interval, long previousEndUs, long startUs, long endUs)
    {
        if (interval.IsSession) return ClosedSessions(calendar, previousEndUs, endUs - 1);
        var missing = 0L;
        foreach (var session in Sessions(calendar, previousEndUs, startUs))
        {
            missing += WindowsBetween(session, interval.LengthUs, previousEndUs, startUs);
        }

        return missing;
    }

    /// <summary>Sessions that close after one time and not after another.</summary>
    /// <exception cref="CalendarRangeException">A time is beyond the calendar.</exception>
    public static long ClosedSessions(ITradingCalendar calendar, long afterUs, long untilUs)
    {
        var closed = 0L;
        foreach (var session in Sessions(calendar, afterUs, untilUs))
        {
            if (session.CloseUs > afterUs && session.CloseUs <= untilUs) closed++;
        }

        return closed;
    }

    /// <summary>Windows start at midnight UTC; the first of a session is the one that holds its open.</summary>
    static long WindowsBetween(TradingSession session, long lengthUs, long fromUs, long untilUs)
    {
        var first = Math.Max(session.OpenUs / lengthUs, CeilingOf(fromUs, lengthUs));
        var end = Math.Min(CeilingOf(session.CloseUs, lengthUs), untilUs / lengthUs);
        return Math.Max(0, end - first);
    }

    static long CeilingOf(long timeUs, long lengthUs) => (timeUs + lengthUs - 1) / lengthUs;

    /// <summary>Sessions of the days of two times and of those between.</summary>
    static IEnumerable<TradingSession> Sessions(ITradingCalendar calendar, long fromUs, long untilUs)
    {
        if (untilUs < fromUs) yield break;
        var last = calendar.TradingDay(untilUs);
        for (var day = calendar.TradingDay(fromUs); day <= last; day = day.AddDays(1))
        {
            if (calendar.TryGetSession(day, out var session)) yield return session;
        }
    }
}
