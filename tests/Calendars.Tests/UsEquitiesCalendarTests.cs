namespace Kafka.Stock.Calendars.Tests;

public sealed class UsEquitiesCalendarTests() : TradingCalendarContract(UsEquitiesCalendar.Instance)
{
    static readonly UsEquitiesCalendar s_calendar = UsEquitiesCalendar.Instance;

    /// <summary>Each count to 2020 is that of the tape (rows of SPY); later ones are from NYSE's calendars of holidays.</summary>
    [Theory]
    [InlineData(1998, 252)]
    [InlineData(1999, 252)]
    [InlineData(2000, 252)]
    [InlineData(2001, 248)]
    [InlineData(2002, 252)]
    [InlineData(2003, 252)]
    [InlineData(2004, 252)]
    [InlineData(2005, 252)]
    [InlineData(2006, 251)]
    [InlineData(2007, 251)]
    [InlineData(2008, 253)]
    [InlineData(2009, 252)]
    [InlineData(2010, 252)]
    [InlineData(2011, 252)]
    [InlineData(2012, 250)]
    [InlineData(2013, 252)]
    [InlineData(2014, 252)]
    [InlineData(2015, 252)]
    [InlineData(2016, 252)]
    [InlineData(2017, 251)]
    [InlineData(2018, 251)]
    [InlineData(2019, 252)]
    [InlineData(2020, 253)]
    [InlineData(2021, 252)]
    [InlineData(2022, 251)]
    [InlineData(2023, 250)]
    [InlineData(2024, 252)]
    [InlineData(2025, 250)]
    [InlineData(2026, 251)]
    public void A_year_has_as_many_sessions_as_it_had(int year, int expected) => Assert.Equal(expected, SessionsOf(year).Count);

    [Theory]
    [InlineData("2001-01-02", "14:30", "21:00")] // winter
    [InlineData("2001-07-02", "13:30", "20:00")] // summer
    [InlineData("2001-07-03", "13:30", "17:00")] // half day in summer
    [InlineData("2012-12-24", "14:30", "18:00")] // half day in winter
    public void Open_and_close_are_New_Yorks_in_UTC(string day, string open, string close)
    {
        Assert.True(s_calendar.TryGetSession(Times.Day(day), out var session));
        Assert.Equal(($"{day} {open}", $"{day} {close}"), (Times.Text(session.OpenUs), Times.Text(session.CloseUs)));
    }

    [Theory]
    [InlineData("2006-03-31", "2006-04-03", "14:30", "13:30")] // first Sunday of April
    [InlineData("2006-10-27", "2006-10-30", "13:30", "14:30")] // last Sunday of October
    [InlineData("2007-03-09", "2007-03-12", "14:30", "13:30")] // second Sunday of March
    [InlineData("2007-11-02", "2007-11-05", "13:30", "14:30")] // first Sunday of November
    public void The_open_moves_over_the_weekend_when_the_clocks_change(string friday, string monday, string before, string after)
    {
        Assert.True(s_calendar.TryGetSession(Times.Day(friday), out var last));
        Assert.True(s_calendar.TryGetSession(Times.Day(monday), out var first));
        Assert.Equal(($"{friday} {before}", $"{monday} {after}"), (Times.Text(last.OpenUs), Times.Text(first.OpenUs)));
        Assert.Equal(first, s_calendar.NextSession(last.Day));
    }

    [Theory]
    [InlineData("2006-03-13", "14:30")] // summer time by the later rule only
    [InlineData("2007-03-13", "13:30")]
    [InlineData("2006-11-01", "14:30")]
    [InlineData("2007-11-01", "13:30")]
    public void The_weeks_between_the_two_rules_follow_the_rule_of_their_year(string day, string open)
    {
        Assert.True(s_calendar.TryGetSession(Times.Day(day), out var session));
        Assert.Equal($"{day} {open}", Times.Text(session.OpenUs));
    }

    [Theory]
    [InlineData("2013-06-04 03:59", "2013-06-03")]
    [InlineData("2013-06-04 04:00", "2013-06-04")]
    [InlineData("2013-12-04 04:59", "2013-12-03")]
    [InlineData("2013-12-04 05:00", "2013-12-04")]
    [InlineData("2013-03-10 04:59", "2013-03-09")] // the day on which summer time begins has 23 hours
    [InlineData("2013-03-10 05:00", "2013-03-10")]
    [InlineData("2013-03-11 03:59", "2013-03-10")]
    [InlineData("2013-03-11 04:00", "2013-03-11")]
    [InlineData("2013-11-03 03:59", "2013-11-02")] // the day on which it ends has 25
    [InlineData("2013-11-03 04:00", "2013-11-03")]
    [InlineData("2013-11-04 04:59", "2013-11-03")]
    [InlineData("2013-11-04 05:00", "2013-11-04")]
    [InlineData("1998-01-01 05:00", "1998-01-01")]
    [InlineData("2031-01-01 04:59", "2030-12-31")]
    public void The_trading_day_changes_at_midnight_in_New_York(string time, string day) =>
        Assert.Equal(Times.Day(day), s_calendar.TradingDay(Times.Us(time)));

    [Theory]
    [InlineData("1998-01-01 04:59")]
    [InlineData("2031-01-01 05:00")]
    public void The_range_ends_at_midnight_in_New_York(string time) =>
        Assert.Throws<CalendarRangeException>(() => s_calendar.TradingDay(Times.Us(time)));

    [Fact]
    public void The_first_session_is_the_day_after_New_Year_and_the_last_is_New_Years_Eve_of_2030()
    {
        Assert.Equal(new DateOnly(1998, 1, 2), s_calendar.NextSession(s_calendar.FirstDay).Day);
        Assert.True(s_calendar.TryGetSession(s_calendar.LastDay, out var last));
        Assert.Equal("2030-12-31 21:00", Times.Text(last.CloseUs));
        Assert.Equal(last.CloseUs, s_calendar.NextBarEnd(0, last.OpenUs));
    }

    [Theory]
    [InlineData("2024-07-02 19:59", "2024-07-02 20:00")] // while the session is open: its own close
    [InlineData("2024-07-02 20:00", "2024-07-03 17:00")] // a half day comes
    [InlineData("2024-07-03 17:00", "2024-07-05 20:00")] // over Independence Day
    [InlineData("2001-09-10 20:00", "2001-09-17 20:00")]
    [InlineData("2024-03-08 21:00", "2024-03-11 20:00")] // over the weekend when the clocks change
    public void After_a_session_bar_comes_the_close_of_the_next_session(string barEnd, string expected) =>
        Assert.Equal(expected, Times.Text(s_calendar.NextBarEnd(0, Times.Us(barEnd))));

    [Theory]
    [InlineData("2024-07-01 13:31", 1, "2024-07-01 13:32")] // regular hours
    [InlineData("2024-07-01 20:00", 1, "2024-07-01 20:01")] // after hours
    [InlineData("2024-07-01 08:00", 1, "2024-07-01 08:01")] // before hours: 04:00 New York
    [InlineData("2024-07-01 07:59", 1, "2024-07-01 13:31")] // the night before: this day's open
    [InlineData("2024-07-01 23:59", 1, "2024-07-02 00:00")] // the last minute of after hours
    [InlineData("2024-07-02 00:00", 1, "2024-07-02 13:31")] // after hours are over
    [InlineData("2024-07-04 00:00", 5, "2024-07-05 13:35")] // over a holiday
    [InlineData("2024-07-04 15:00", 5, "2024-07-05 13:35")] // on a holiday
    [InlineData("2024-07-06 12:00", 1, "2024-07-08 13:31")] // on a Saturday
    [InlineData("2024-01-02 00:59", 1, "2024-01-02 14:31")] // the evening of New Year's Day: no session on that day
    [InlineData("2024-01-04 00:59", 1, "2024-01-04 01:00")] // 20:00 New York in winter is the next UTC day
    [InlineData("2024-01-04 01:00", 1, "2024-01-04 14:31")]
    [InlineData("2024-03-09 01:00", 30, "2024-03-11 14:00")] // the clocks change
    [InlineData("2024-01-04 01:00", 60, "2024-01-04 15:00")] // the hour window that holds the open at 14:30
    [InlineData("2024-07-06 00:00", 720, "2024-07-09 00:00")] // half days of UTC: the one with Monday's open
    public void After_a_bar_comes_the_next_window_of_extended_hours_or_the_next_open(string barEnd, int minutes, string expected) =>
        Assert.Equal(expected, Times.Text(s_calendar.NextBarEnd(minutes * 60_000_000L, Times.Us(barEnd))));

    [Theory]
    [InlineData("2024-07-02", 1, 390)]
    [InlineData("2024-07-03", 1, 210)]
    [InlineData("2024-07-02", 30, 13)]
    [InlineData("2024-07-03", 30, 7)]
    [InlineData("2024-07-02", 60, 7)]
    [InlineData("2024-01-02", 60, 7)]
    [InlineData("2024-01-02", 720, 1)] // 12:00 to 24:00 UTC holds it all
    public void A_session_has_so_many_bars(string day, int minutes, int expected)
    {
        Assert.True(s_calendar.TryGetSession(Times.Day(day), out var session));
        Assert.Equal(expected, s_calendar.BarsOfSession(session, minutes * 60_000_000L));
    }

    static List<TradingSession> SessionsOf(int year)
    {
        var sessions = new List<TradingSession>();
        for (var day = new DateOnly(year, 1, 1); day.Year == year; day = day.AddDays(1))
        {
            if (s_calendar.TryGetSession(day, out var session)) sessions.Add(session);
        }

        return sessions;
    }
}
