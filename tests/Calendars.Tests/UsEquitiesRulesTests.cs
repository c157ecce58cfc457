namespace Kafka.Stock.Calendars.Tests;

/// <summary>The calendar against lists of days: what NYSE published or did, not what a rule says.</summary>
public sealed class UsEquitiesRulesTests
{
    /// <summary>All half days from 1998 to 2030: by NYSE's list of special closings, its yearly notices and its calendar.</summary>
    const string HalfDays =
        """
        1998-11-27 1998-12-24 1999-11-26 1999-12-31 2000-07-03 2000-11-24 2001-07-03 2001-11-23 2001-12-24
        2002-07-05 2002-11-29 2002-12-24 2003-07-03 2003-11-28 2003-12-24 2003-12-26 2004-11-26 2005-11-25
        2006-07-03 2006-11-24 2007-07-03 2007-11-23 2007-12-24 2008-07-03 2008-11-28 2008-12-24 2009-11-27
        2009-12-24 2010-11-26 2011-11-25 2012-07-03 2012-11-23 2012-12-24 2013-07-03 2013-11-29 2013-12-24
        2014-07-03 2014-11-28 2014-12-24 2015-11-27 2015-12-24 2016-11-25 2017-07-03 2017-11-24 2018-07-03
        2018-11-23 2018-12-24 2019-07-03 2019-11-29 2019-12-24 2020-11-27 2020-12-24 2021-11-26 2022-11-25
        2023-07-03 2023-11-24 2024-07-03 2024-11-29 2024-12-24 2025-07-03 2025-11-28 2025-12-24 2026-11-27
        2026-12-24 2027-11-26 2028-07-03 2028-11-24 2029-07-03 2029-11-23 2029-12-24 2030-07-03 2030-11-29
        2030-12-24
        """;

    /// <summary>Weekdays without a session, year by year.</summary>
    [Theory]
    [InlineData(1998, "01-01 01-19 02-16 04-10 05-25 07-03 09-07 11-26 12-25")]
    [InlineData(1999, "01-01 01-18 02-15 04-02 05-31 07-05 09-06 11-25 12-24")]
    [InlineData(2000, "01-17 02-21 04-21 05-29 07-04 09-04 11-23 12-25")]
    [InlineData(2001, "01-01 01-15 02-19 04-13 05-28 07-04 09-03 09-11 09-12 09-13 09-14 11-22 12-25")]
    [InlineData(2004, "01-01 01-19 02-16 04-09 05-31 06-11 07-05 09-06 11-25 12-24")]
    [InlineData(2005, "01-17 02-21 03-25 05-30 07-04 09-05 11-24 12-26")]
    [InlineData(2007, "01-01 01-02 01-15 02-19 04-06 05-28 07-04 09-03 11-22 12-25")]
    [InlineData(2010, "01-01 01-18 02-15 04-02 05-31 07-05 09-06 11-25 12-24")]
    [InlineData(2011, "01-17 02-21 04-22 05-30 07-04 09-05 11-24 12-26")]
    [InlineData(2012, "01-02 01-16 02-20 04-06 05-28 07-04 09-03 10-29 10-30 11-22 12-25")]
    [InlineData(2018, "01-01 01-15 02-19 03-30 05-28 07-04 09-03 11-22 12-05 12-25")]
    [InlineData(2020, "01-01 01-20 02-17 04-10 05-25 07-03 09-07 11-26 12-25")]
    [InlineData(2021, "01-01 01-18 02-15 04-02 05-31 07-05 09-06 11-25 12-24")] // Juneteenth was law, the exchanges followed in 2022
    [InlineData(2022, "01-17 02-21 04-15 05-30 06-20 07-04 09-05 11-24 12-26")]
    [InlineData(2023, "01-02 01-16 02-20 04-07 05-29 06-19 07-04 09-04 11-23 12-25")]
    [InlineData(2024, "01-01 01-15 02-19 03-29 05-27 06-19 07-04 09-02 11-28 12-25")]
    [InlineData(2025, "01-01 01-09 01-20 02-17 04-18 05-26 06-19 07-04 09-01 11-27 12-25")]
    [InlineData(2026, "01-01 01-19 02-16 04-03 05-25 06-19 07-03 09-07 11-26 12-25")]
    [InlineData(2027, "01-01 01-18 02-15 03-26 05-31 06-18 07-05 09-06 11-25 12-24")]
    public void The_weekdays_without_a_session_are_those_that_the_exchange_names(int year, string expected)
    {
        var closed = new List<string>();
        for (var day = new DateOnly(year, 1, 1); day.Year == year; day = day.AddDays(1))
        {
            var isWeekday = day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday);
            if (isWeekday && !UsEquitiesCalendar.Instance.TryGetSession(day, out _)) closed.Add($"{day:MM-dd}");
        }

        Assert.Equal(expected, string.Join(' ', closed));
    }

    [Fact]
    public void The_half_days_are_those_of_the_list_and_end_three_hours_early()
    {
        var expected = HalfDays.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries);
        var found = new List<string>();
        for (var day = UsEquitiesCalendar.Instance.FirstDay; day <= UsEquitiesCalendar.Instance.LastDay; day = day.AddDays(1))
        {
            if (!UsEquitiesCalendar.Instance.TryGetSession(day, out var session)) continue;
            if (session.IsHalfDay) found.Add($"{day:yyyy-MM-dd}");
            Assert.Equal(session.IsHalfDay ? 210 : 390, (session.CloseUs - session.OpenUs) / 60_000_000);
        }

        Assert.Equal(expected, found);
    }

    [Theory]
    [InlineData("1999-12-31")] // New Year's Day on a Saturday isn't kept on the Friday
    [InlineData("2004-12-31")]
    [InlineData("2010-12-31")]
    [InlineData("2021-12-31")]
    [InlineData("2027-12-31")]
    [InlineData("2021-06-18")] // the year before Juneteenth was kept
    [InlineData("2000-10-09")] // Columbus Day is no holiday of the exchanges
    [InlineData("2003-11-11")] // nor is Veterans Day
    public void The_exchange_was_open_on(string day) => Assert.True(UsEquitiesCalendar.Instance.TryGetSession(Times.Day(day), out _));

    [Theory]
    [InlineData("1998-07-02")] // the holiday itself is on Friday the 3rd
    [InlineData("2002-07-03")] // the Friday after was the half day
    [InlineData("2013-07-05")] // and from 2013 on the Wednesday before
    [InlineData("2009-07-02")]
    [InlineData("2008-12-26")]
    [InlineData("2014-12-26")]
    [InlineData("2002-12-31")]
    [InlineData("2000-12-22")] // Christmas Eve is on a Sunday
    [InlineData("2021-12-23")] // Christmas Eve is the holiday
    public void A_day_that_could_be_taken_for_a_half_day_was_a_full_one(string day)
    {
        Assert.True(UsEquitiesCalendar.Instance.TryGetSession(Times.Day(day), out var session));
        Assert.False(session.IsHalfDay);
    }

    [Theory]
    [InlineData("1998-04-12")]
    [InlineData("2000-04-23")]
    [InlineData("2008-03-23")] // very early
    [InlineData("2011-04-24")] // very late
    [InlineData("2019-04-21")] // a month after the astronomical one
    [InlineData("2024-03-31")]
    [InlineData("2030-04-21")]
    public void Easter_is_when_it_was(string day) => Assert.Equal(Times.Day(day), UsEquitiesRules.EasterSunday(Times.Day(day).Year));
}
