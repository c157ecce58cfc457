using Kafka.Stock.Calendars;

namespace Kafka.Stock.BatchJob;

/// <summary>Which forecasts a report is about.</summary>
public sealed record ReportOptions
{
    /// <summary>Trading day of the first forecast; the first of all by default.</summary>
    public DateOnly From { get; init; } = DateOnly.MinValue;

    /// <summary>Trading day of the last forecast; the last of all by default.</summary>
    public DateOnly To { get; init; } = DateOnly.MaxValue;

    /// <summary>Number of the bar from which on a series is scored, 1 or more: everything is warm by then.</summary>
    public int FirstBar { get; init; } = 500;

    /// <summary>The calendar that trading days go by.</summary>
    public ITradingCalendar Calendar { get; init; } = UsEquitiesCalendar.Instance;

    /// <summary>Trading day of a bar that ends at a time: a bar's end is the first moment after it.</summary>
    public DateOnly DayOf(long barEndUs) => Calendar.TradingDay(barEndUs - 1);

    /// <summary>Whether a trading day lies in the range.</summary>
    public bool Includes(DateOnly day) => From <= day && day <= To;
}
