using Kafka.Stock.Calendars;

namespace Kafka.Stock.BatchJob;

/// <summary>Finds the month ends in a stream of event times: the first of a month at midnight in the exchange's zone.</summary>
/// <remarks>What lies at that instant belongs to the month that ends. Of months without a record only the first end counts: nothing was
/// learnt since. Not thread-safe.</remarks>
public sealed class MonthEnds(ITradingCalendar calendar)
{
    readonly long _firstUs = calendar.DayStartUs(calendar.FirstDay);
    readonly long _lastUs = calendar.DayStartUs(calendar.LastDay);
    long _nextUs = long.MinValue;

    /// <summary>Goes on to an event time.</summary>
    /// <param name="eventTimeUs">Of the record that comes next, microseconds since 1970 UTC; an earlier one than before, or one that
    /// the calendar doesn't know, changes nothing.</param>
    /// <param name="monthEndUs">The month end that lies before the record and not before the one before it.</param>
    /// <returns>True when there is one.</returns>
    public bool TryPass(long eventTimeUs, out long monthEndUs)
    {
        monthEndUs = _nextUs;
        if (eventTimeUs <= _nextUs || eventTimeUs <= _firstUs || eventTimeUs >= _lastUs) return false;
        var isFirst = _nextUs == long.MinValue;

        // The instant itself still belongs to the month before.
        var day = calendar.TradingDay(eventTimeUs - 1);
        var next = new DateOnly(day.Year, day.Month, 1).AddMonths(1);
        _nextUs = next <= calendar.LastDay ? calendar.DayStartUs(next) : long.MaxValue;
        return !isFirst;
    }
}
