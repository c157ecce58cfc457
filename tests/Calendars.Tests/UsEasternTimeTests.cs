namespace Kafka.Stock.Calendars.Tests;

public sealed class UsEasternTimeTests
{
    [Theory]
    [InlineData(1998, "1998-04-05", "1998-10-25")]
    [InlineData(2006, "2006-04-02", "2006-10-29")]
    [InlineData(2007, "2007-03-11", "2007-11-04")]
    [InlineData(2015, "2015-03-08", "2015-11-01")]
    [InlineData(2020, "2020-03-08", "2020-11-01")]
    [InlineData(2030, "2030-03-10", "2030-11-03")]
    public void Clocks_change_on_the_Sundays_of_the_law(int year, string begins, string ends) =>
        Assert.Equal((Times.Day(begins), Times.Day(ends)), (UsEasternTime.SummerBegins(year), UsEasternTime.SummerEnds(year)));

    [SkippableFact]
    public void Midnight_and_open_agree_with_the_tz_database_on_every_day()
    {
        Skip.IfNot(TimeZoneInfo.TryFindSystemTimeZoneById("America/New_York", out var newYork), "this machine has no tz database");
        var calendar = UsEquitiesCalendar.Instance;
        for (var day = calendar.FirstDay; day <= calendar.LastDay; day = day.AddDays(1))
        {
            Assert.Equal(ToUtcUs(day.ToDateTime(default), newYork), UsEasternTime.MidnightUs(day));
            Assert.Equal(ToUtcUs(day.ToDateTime(new TimeOnly(9, 30)), newYork), UsEasternTime.ToUtcUs(day, 34_200_000_000));
        }
    }

    [Fact]
    public void The_nth_and_the_last_weekday_of_a_month_can_be_its_ends()
    {
        Assert.Equal(new DateOnly(2026, 6, 1), UsEasternTime.NthWeekday(2026, 6, DayOfWeek.Monday, 1));
        Assert.Equal(new DateOnly(2024, 2, 29), UsEasternTime.NthWeekday(2024, 2, DayOfWeek.Thursday, 5));
        Assert.Equal(new DateOnly(2024, 2, 29), UsEasternTime.LastWeekday(2024, 2, DayOfWeek.Thursday));
        Assert.Equal(new DateOnly(2021, 2, 22), UsEasternTime.LastWeekday(2021, 2, DayOfWeek.Monday));
    }

    static long ToUtcUs(DateTime local, TimeZoneInfo zone) =>
        (TimeZoneInfo.ConvertTimeToUtc(local, zone).Ticks - DateTime.UnixEpoch.Ticks) / 10;
}
