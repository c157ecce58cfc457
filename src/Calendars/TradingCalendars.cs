using System.Diagnostics.CodeAnalysis;

namespace Kafka.Stock.Calendars;

/// <summary>The one list of calendars: options name them, and the tests run one suite over all.</summary>
public static class TradingCalendars
{
    /// <summary>All calendars, in the order in which help texts show them.</summary>
    public static IReadOnlyList<ITradingCalendar> All { get; } = [UsEquitiesCalendar.Instance, AlwaysOpenCalendar.Instance];

    /// <summary>The calendar of this name, as spelt; false when there is none.</summary>
    public static bool TryGet(string name, [NotNullWhen(true)] out ITradingCalendar? calendar)
    {
        foreach (var candidate in All)
        {
            if (candidate.Name != name) continue;
            calendar = candidate;
            return true;
        }

        calendar = null;
        return false;
    }
}
