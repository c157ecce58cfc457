using Kafka.Stock.Calendars;
using Kafka.Stock.Contracts;

namespace Kafka.Stock.BatchJob.Tests.Retraining;

public sealed class DriftRequestsTests
{
    readonly DriftRequests _requests = new(UsEquitiesCalendar.Instance, 21);

    [Fact]
    public void The_first_alarm_of_an_interval_asks_once_the_time_has_passed()
    {
        _requests.Add(Alarm("A/1d/csv", Close(4)));
        _requests.Add(Alarm("B/1d/csv", Close(5)));
        Assert.False(_requests.TryTake(Close(4), out _, out _));
        Assert.True(_requests.TryTake(Close(4) + 1, out var interval, out var atUs));
        Assert.Equal(("1d", Close(4)), (interval, atUs));
        Assert.False(_requests.TryTake(long.MaxValue, out _, out _));
    }

    [Fact]
    public void An_alarm_within_21_sessions_of_a_retrain_asks_for_nothing()
    {
        _requests.Retrained("1d", Close(4));
        _requests.Add(Alarm("A/1d/csv", Close(4 + 20)));
        Assert.False(_requests.TryTake(long.MaxValue, out _, out _));
        _requests.Add(Alarm("A/1d/csv", Close(4 + 21)));
        Assert.True(_requests.TryTake(long.MaxValue, out _, out var atUs));
        Assert.Equal(Close(4 + 21), atUs);
    }

    [Fact]
    public void Intervals_ask_apart_in_their_order()
    {
        _requests.Retrained("5m", Close(4));
        _requests.Add(Alarm("A/5m/iex", Close(6)));
        _requests.Add(Alarm("A/1m/iex", Close(6)));
        _requests.Add(Alarm("A/1d/csv", Close(5)));
        Assert.True(_requests.TryTake(long.MaxValue, out var first, out _));
        Assert.True(_requests.TryTake(long.MaxValue, out var second, out _));
        Assert.Equal(("1d", "1m"), (first, second));
        Assert.False(_requests.TryTake(long.MaxValue, out _, out _));
    }

    static DriftAlarm Alarm(string series, long atUs) => new(SeriesId.Parse(series), atUs, "adwin", "aggregate", 1, 2, 100);

    /// <summary>Close of the nth session of 2010.</summary>
    static long Close(int session)
    {
        var day = UsEquitiesCalendar.Instance.NextSession(new DateOnly(2009, 12, 31));
        for (var i = 1; i < session; i++) day = UsEquitiesCalendar.Instance.NextSession(day.Day);
        return day.CloseUs;
    }
}
