using Kafka.Stock.Calendars;
using Kafka.Stock.Contracts;

namespace Kafka.Stock.BatchJob;

/// <summary>Drift alarms as requests for a retrain: for an interval's series together, and not again for some sessions after one.</summary>
/// <param name="calendar">Counts the sessions.</param>
/// <param name="pauseSessions">Sessions after a retrain in which an alarm asks for nothing.</param>
sealed class DriftRequests(ITradingCalendar calendar, int pauseSessions)
{
    readonly SortedDictionary<string, long> _asked = new(StringComparer.Ordinal);
    readonly Dictionary<string, long> _retrained = new(StringComparer.Ordinal);

    /// <summary>Takes an alarm in.</summary>
    public void Add(in DriftAlarm alarm)
    {
        var interval = alarm.Series.Interval;
        if (_retrained.TryGetValue(interval, out var lastUs) && !IsOver(lastUs, alarm.AtUs)) return;
        _asked.TryAdd(interval, alarm.AtUs);
    }

    /// <summary>The first request made before a time, taken out.</summary>
    public bool TryTake(long beforeUs, out string interval, out long atUs)
    {
        foreach (var request in _asked)
        {
            if (request.Value >= beforeUs) continue;
            (interval, atUs) = (request.Key, request.Value);
            _asked.Remove(interval);
            return true;
        }

        (interval, atUs) = ("", 0);
        return false;
    }

    /// <summary>Notes a retrain: the pause begins.</summary>
    public void Retrained(string interval, long atUs)
    {
        _retrained[interval] = atUs;
        _asked.Remove(interval);
    }

    bool IsOver(long retrainedUs, long alarmUs)
    {
        var day = calendar.TradingDay(retrainedUs);
        for (var session = 0; session < pauseSessions; session++) day = calendar.NextSession(day).Day;
        return calendar.TradingDay(alarmUs) >= day;
    }
}
