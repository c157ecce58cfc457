namespace Kafka.Stock.Calendars;

/// <summary>A day or time was asked for that the calendar doesn't know: neither "open" nor "closed" would be an honest answer.</summary>
public sealed class CalendarRangeException(string where, string found, string expected)
    : Exception($"{where}: found {found}; expected {expected}")
{
    /// <summary>The calendar's name.</summary>
    public string Where { get; } = where;

    /// <summary>What was asked for.</summary>
    public string Found { get; } = found;

    /// <summary>The days that the calendar knows.</summary>
    public string Expected { get; } = expected;
}
