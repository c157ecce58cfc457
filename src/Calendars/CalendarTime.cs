namespace Kafka.Stock.Calendars;

/// <summary>Days and microseconds since 1970 UTC.</summary>
static class CalendarTime
{
    public const long MinuteUs = 60_000_000;
    public const long HourUs = 60 * MinuteUs;
    public const long DayUs = 24 * HourUs;

    /// <summary>1970-01-01.</summary>
    public static readonly DateOnly Epoch = new(1970, 1, 1);

    /// <summary>Midnight UTC at the start of a day.</summary>
    public static long MidnightUs(DateOnly day) => (day.DayNumber - Epoch.DayNumber) * DayUs;

    /// <summary>Largest multiple of a positive length that isn't later than the time, before 1970 too.</summary>
    public static long FloorUs(long timeUs, long lengthUs)
    {
        var rest = timeUs % lengthUs;
        return rest < 0 ? timeUs - rest - lengthUs : timeUs - rest;
    }

    /// <summary>Windows start at midnight UTC, so a length that doesn't divide a day has no windows.</summary>
    public static void CheckInterval(long intervalUs)
    {
        if (intervalUs < 0 || (intervalUs > 0 && DayUs % intervalUs != 0))
        {
            throw new ArgumentOutOfRangeException(nameof(intervalUs), intervalUs, "expected 0 (a session) or a length that divides a day");
        }
    }
}
