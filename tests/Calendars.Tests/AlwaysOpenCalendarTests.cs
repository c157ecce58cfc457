namespace Kafka.Stock.Calendars.Tests;

public sealed class AlwaysOpenCalendarTests() : TradingCalendarContract(AlwaysOpenCalendar.Instance)
{
    const long DayUs = 86_400_000_000;

    [Fact]
    public void Its_name_is_24x7() => Assert.Equal("24x7", AlwaysOpenCalendar.Instance.Name);

    [Theory]
    [InlineData("1970-01-01")]
    [InlineData("2024-02-29")]
    [InlineData("2024-12-25")]
    [InlineData("2199-12-31")]
    public void Every_day_is_a_whole_session_from_midnight_UTC(string day)
    {
        Assert.True(AlwaysOpenCalendar.Instance.TryGetSession(Times.Day(day), out var session));
        Assert.Equal(new TradingSession(Times.Day(day), Times.Us($"{day} 00:00"), Times.Us($"{day} 00:00") + DayUs, false), session);
        Assert.Equal(1_440, AlwaysOpenCalendar.Instance.BarsOfSession(session, 60_000_000));
    }

    [Fact]
    public void It_is_open_from_the_first_moment_to_the_last()
    {
        Assert.Equal(new DateOnly(1970, 1, 1), AlwaysOpenCalendar.Instance.TradingDay(0));
        var lastUs = Times.Us("2199-12-31 23:59") + 59_999_999;
        Assert.True(AlwaysOpenCalendar.Instance.TryGetSessionAt(lastUs, out var session));
        Assert.Equal(AlwaysOpenCalendar.Instance.LastDay, session.Day);
        Assert.Equal(lastUs + 1, AlwaysOpenCalendar.Instance.NextBarEnd(0, lastUs));
    }

    [Theory]
    [InlineData("2024-03-10 06:59", 60_000_000, "2024-03-10 07:00")] // New York's clocks change here, these don't
    [InlineData("2024-03-10 23:59", 60_000_000, "2024-03-11 00:00")]
    [InlineData("2024-03-11 00:00", 60_000_000, "2024-03-11 00:01")]
    [InlineData("2024-03-11 00:00", 0, "2024-03-12 00:00")]
    [InlineData("2024-03-11 00:01", 0, "2024-03-12 00:00")]
    public void Bars_follow_each_other_without_a_pause(string barEnd, long intervalUs, string expected) =>
        Assert.Equal(expected, Times.Text(AlwaysOpenCalendar.Instance.NextBarEnd(intervalUs, Times.Us(barEnd))));
}
