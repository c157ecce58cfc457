namespace Kafka.Stock.Calendars;

/// <summary>New York's offset from UTC by the law's rule: a machine's tz database may be old, and results would follow it.</summary>
/// <remarks>
/// Energy Policy Act of 2005 (second Sunday of March to first Sunday of November, from 2007), before it the Uniform Time Act as amended
/// in 1986 (first Sunday of April to last Sunday of October). Clocks change at 02:00 local time. Holds from 1987 on.
/// </remarks>
static class UsEasternTime
{
    const int FirstYearOfPresentRule = 2007;
    const long StandardUs = 5 * CalendarTime.HourUs;
    const long DaylightUs = 4 * CalendarTime.HourUs;

    /// <summary>First day with summer time from 02:00 on.</summary>
    public static DateOnly SummerBegins(int year) =>
        year < FirstYearOfPresentRule ? NthWeekday(year, 4, DayOfWeek.Sunday, 1) : NthWeekday(year, 3, DayOfWeek.Sunday, 2);

    /// <summary>The day on which summer time ends at 02:00.</summary>
    public static DateOnly SummerEnds(int year) =>
        year < FirstYearOfPresentRule ? LastWeekday(year, 10, DayOfWeek.Sunday) : NthWeekday(year, 11, DayOfWeek.Sunday, 1);

    /// <summary>UTC of local midnight at the start of a day: before the clocks change on it.</summary>
    public static long MidnightUs(DateOnly day) =>
        CalendarTime.MidnightUs(day) + (day > SummerBegins(day.Year) && day <= SummerEnds(day.Year) ? DaylightUs : StandardUs);

    /// <summary>UTC of a local time of day that is 03:00 or later: after the clocks have changed.</summary>
    public static long ToUtcUs(DateOnly day, long timeOfDayUs) =>
        CalendarTime.MidnightUs(day) + timeOfDayUs
        + (day >= SummerBegins(day.Year) && day < SummerEnds(day.Year) ? DaylightUs : StandardUs);

    /// <summary>The nth (from 1) such weekday of a month.</summary>
    public static DateOnly NthWeekday(int year, int month, DayOfWeek weekday, int n)
    {
        var first = new DateOnly(year, month, 1);
        return first.AddDays((((int)weekday - (int)first.DayOfWeek + 7) % 7) + (7 * (n - 1)));
    }

    /// <summary>The last such weekday of a month.</summary>
    public static DateOnly LastWeekday(int year, int month, DayOfWeek weekday)
    {
        var last = new DateOnly(year, month, DateTime.DaysInMonth(year, month));
        return last.AddDays(-(((int)last.DayOfWeek - (int)weekday + 7) % 7));
    }
}
