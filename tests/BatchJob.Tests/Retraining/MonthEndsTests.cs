using Kafka.Stock.Calendars;

namespace Kafka.Stock.BatchJob.Tests.Retraining;

public sealed class MonthEndsTests
{
    static readonly UsEquitiesCalendar s_calendar = UsEquitiesCalendar.Instance;

    [Fact]
    public void A_month_ends_at_midnight_in_the_zone_of_the_exchange_and_that_instant_belongs_to_it()
    {
        var months = new MonthEnds(s_calendar);
        var juneUs = s_calendar.DayStartUs(new DateOnly(2010, 6, 1));
        Assert.Equal(MarketFiles.Us(new DateOnly(2010, 6, 1)) + (4 * 3_600_000_000L), juneUs);
        Assert.False(months.TryPass(juneUs - 1_000, out _));
        Assert.False(months.TryPass(juneUs, out _));
        Assert.True(months.TryPass(juneUs + 1, out var endUs));
        Assert.Equal(juneUs, endUs);
        Assert.False(months.TryPass(juneUs + 2, out _));
    }

    [Fact]
    public void The_first_record_ends_nothing_even_at_midnight()
    {
        var months = new MonthEnds(s_calendar);
        var juneUs = s_calendar.DayStartUs(new DateOnly(2010, 6, 1));
        Assert.False(months.TryPass(juneUs, out _));
        Assert.True(months.TryPass(juneUs + 1, out var endUs));
        Assert.Equal(juneUs, endUs);
    }

    [Fact]
    public void Of_months_without_a_record_only_the_first_ends()
    {
        var months = new MonthEnds(s_calendar);
        months.TryPass(Close(2010, 6, 8), out _);
        Assert.True(months.TryPass(Close(2010, 11, 9), out var endUs));
        Assert.Equal(s_calendar.DayStartUs(new DateOnly(2010, 7, 1)), endUs);
        Assert.True(months.TryPass(Close(2010, 12, 1), out endUs));
        Assert.Equal(s_calendar.DayStartUs(new DateOnly(2010, 12, 1)), endUs);
    }

    [Fact]
    public void Times_that_go_back_or_that_no_calendar_knows_change_nothing()
    {
        var months = new MonthEnds(s_calendar);
        months.TryPass(Close(2010, 6, 8), out _);
        Assert.False(months.TryPass(Close(2009, 1, 6), out _));
        Assert.False(months.TryPass(long.MaxValue, out _));
        Assert.False(months.TryPass(long.MinValue, out _));
        Assert.True(months.TryPass(Close(2010, 7, 1), out _));
    }

    [Fact]
    public void Ten_years_of_sessions_have_a_hundred_and_nineteen_ends()
    {
        var months = new MonthEnds(s_calendar);
        var ends = 0;
        var session = s_calendar.NextSession(new DateOnly(2005, 12, 31));
        while (session.Day.Year < 2016)
        {
            ends += months.TryPass(session.CloseUs, out _) ? 1 : 0;
            session = s_calendar.NextSession(session.Day);
        }

        Assert.Equal(119, ends);
    }

    static long Close(int year, int month, int day) =>
        s_calendar.TryGetSession(new DateOnly(year, month, day), out var session)
            ? session.CloseUs
            : throw new InvalidOperationException("no session");
}
