using System.Globalization;

namespace Kafka.Stock.Calendars;

/// <summary>The errors of all calendars in one wording. Apart from the callers, so that their hot paths stay small.</summary>
static class RangeErrors
{
    public static CalendarRangeException Day(ITradingCalendar calendar, DateOnly day) => Error(calendar, Text(day));

    public static CalendarRangeException NextOf(ITradingCalendar calendar, DateOnly day) =>
        Error(calendar, $"the session after {Text(day)}");

    public static CalendarRangeException PreviousOf(ITradingCalendar calendar, DateOnly day) =>
        Error(calendar, $"the session before {Text(day)}");

    public static CalendarRangeException Time(ITradingCalendar calendar, long timeUs) =>
        Error(calendar, string.Create(CultureInfo.InvariantCulture, $"{timeUs} us since 1970 UTC"));

    static CalendarRangeException Error(ITradingCalendar calendar, string found) =>
        new($"calendar {calendar.Name}", found, $"{Text(calendar.FirstDay)} to {Text(calendar.LastDay)}");

    static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
