using System.Globalization;

namespace Kafka.Stock.Calendars.Tests;

/// <summary>Days and UTC times as one writes them.</summary>
static class Times
{
    public static DateOnly Day(string day) => DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>Microseconds since 1970 of <c>yyyy-MM-dd HH:mm</c> UTC.</summary>
    public static long Us(string time) =>
        (DateTime.ParseExact(time, "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture).Ticks - DateTime.UnixEpoch.Ticks) / 10;

    public static string Text(long timeUs) =>
        DateTime.UnixEpoch.AddTicks(timeUs * 10).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}
