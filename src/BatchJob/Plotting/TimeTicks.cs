using System.Globalization;

namespace Kafka.Stock.BatchJob;

/// <summary>Round times on an axis: years, months, days or hours, whichever give some four to ten.</summary>
static class TimeTicks
{
    const int TicksMax = 11;

    static readonly (string Format, Func<DateTime, DateTime> Floor, Func<DateTime, DateTime> Next)[] s_steps =
    [
        ("HH:mm", t => t.Date.AddHours(t.Hour), t => t.AddHours(1)),
        ("d MMM HH:mm", t => t.Date.AddHours(t.Hour / 6 * 6), t => t.AddHours(6)),
        ("d MMM", t => t.Date, t => t.AddDays(1)),
        ("d MMM", t => t.Date.AddDays(-((int)t.DayOfWeek + 6) % 7), t => t.AddDays(7)),
        ("MMM yyyy", FirstOfMonth, t => t.AddMonths(1)),
        ("MMM yyyy", t => FirstOfMonth(t).AddMonths(-((t.Month - 1) % 3)), t => t.AddMonths(3)),
        ("yyyy", FirstOfYear, t => t.AddYears(1)),
        ("yyyy", t => FirstOfYear(t).AddYears(-(t.Year % 2)), t => t.AddYears(2)),
        ("yyyy", t => FirstOfYear(t).AddYears(-(t.Year % 5)), t => t.AddYears(5)),
        ("yyyy", t => FirstOfYear(t).AddYears(-(t.Year % 20)), t => t.AddYears(20)),
    ];

    /// <summary>Times in microseconds since 1970 UTC with what to write beside them.</summary>
    public static IReadOnlyList<(double TimeUs, string Label)> Between(double fromUs, double toUs)
    {
        foreach (var (format, floor, next) in s_steps)
        {
            List<(double, string)> ticks = [];
            for (var time = floor(Time(fromUs)); Us(time) <= toUs && ticks.Count <= TicksMax; time = next(time))
                if (Us(time) >= fromUs) ticks.Add((Us(time), time.ToString(format, CultureInfo.InvariantCulture)));
            if (ticks.Count <= TicksMax) return ticks;
        }

        return [];
    }

    static DateTime FirstOfMonth(DateTime time) => new(time.Year, time.Month, 1, 0, 0, 0, DateTimeKind.Utc);

    static DateTime FirstOfYear(DateTime time) => new(time.Year, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    static DateTime Time(double us) => DateTime.UnixEpoch.AddMicroseconds(us);

    static double Us(DateTime time) => (time - DateTime.UnixEpoch).TotalMicroseconds;
}
