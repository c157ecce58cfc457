using FsCheck;
using FsCheck.Fluent;

namespace Kafka.Stock.Calendars.Tests;

/// <summary>What folds and sources rely on, for every calendar. Each has one sealed subclass in this file's folder.</summary>
public abstract class TradingCalendarContract(ITradingCalendar calendar)
{
    const long MinuteUs = 60_000_000;
    const long HourUs = 60 * MinuteUs;
    const long DayUs = 24 * HourUs;

    /// <summary>FsCheck prints the seed of a failure; this one makes each run the same.</summary>
    const ulong Seed = 5;

    static readonly long[] s_intervals = [15_000_000, MinuteUs, 5 * MinuteUs, 30 * MinuteUs, HourUs, 4 * HourUs, 12 * HourUs];

    [Fact]
    public void The_list_of_calendars_has_it_under_its_name()
    {
        Assert.True(TradingCalendars.TryGet(calendar.Name, out var found));
        Assert.Same(calendar, found);
    }

    [Fact]
    public void Sessions_are_in_order_and_do_not_overlap()
    {
        var count = 0;
        long closeUs = long.MinValue;
        for (var day = calendar.FirstDay; day <= calendar.LastDay; day = day.AddDays(1))
        {
            if (!calendar.TryGetSession(day, out var session)) continue;
            Assert.Equal(day, session.Day);
            Assert.True(session.OpenUs < session.CloseUs, $"{day:O}: {session}");
            Assert.True(session.OpenUs >= closeUs, $"{day:O}: {session}");
            closeUs = session.CloseUs;
            count++;
        }

        Assert.True(count > 5_000, $"{count} sessions");
    }

    [Fact]
    public void A_day_begins_at_its_first_microsecond()
    {
        for (var day = calendar.FirstDay.AddDays(1); day <= calendar.LastDay; day = day.AddDays(1))
        {
            var startUs = calendar.DayStartUs(day);
            Assert.Equal((day.AddDays(-1), day), (calendar.TradingDay(startUs - 1), calendar.TradingDay(startUs)));
        }

        Assert.Throws<CalendarRangeException>(() => calendar.DayStartUs(calendar.FirstDay.AddDays(-1)));
        Assert.Throws<CalendarRangeException>(() => calendar.DayStartUs(calendar.LastDay.AddDays(1)));
    }

    [Fact]
    public void Next_and_previous_session_walk_the_same_way_back()
    {
        var session = calendar.NextSession(calendar.FirstDay);
        for (var step = 0; step < 5_000; step++)
        {
            var next = calendar.NextSession(session.Day);
            Assert.True(next.Day > session.Day, $"{session} then {next}");
            Assert.Equal(session, calendar.PreviousSession(next.Day));
            for (var between = session.Day.AddDays(1); between < next.Day; between = between.AddDays(1))
            {
                Assert.False(calendar.TryGetSession(between, out var skipped), $"{skipped} was skipped");
                Assert.Equal(next, calendar.NextSession(between));
                Assert.Equal(session, calendar.PreviousSession(between));
            }

            session = next;
        }
    }

    [Fact]
    public void The_session_at_a_time_is_the_session_of_its_day() => ForAnyTime(timeUs =>
    {
        var day = calendar.TradingDay(timeUs);
        var expected = calendar.TryGetSession(day, out var session) && session.OpenUs <= timeUs && timeUs < session.CloseUs;
        Assert.Equal(expected, calendar.TryGetSessionAt(timeUs, out var found));
        Assert.Equal(expected ? session : default, found);
    });

    [Fact]
    public void Open_belongs_to_a_session_and_close_does_not() => ForAnySession(session =>
    {
        Assert.True(calendar.TryGetSessionAt(session.OpenUs, out var atOpen));
        Assert.Equal(session, atOpen);
        Assert.True(calendar.TryGetSessionAt(session.CloseUs - 1, out var atEnd));
        Assert.Equal(session, atEnd);
        Assert.False(calendar.TryGetSessionAt(session.CloseUs, out var atClose) && atClose == session);
        Assert.Equal(session.Day, calendar.TradingDay(session.OpenUs));
        Assert.Equal(session.Day, calendar.TradingDay(session.CloseUs - 1));
    });

    [Fact]
    public void Trading_days_follow_each_other_without_a_gap() => ForAnyTime(timeUs =>
    {
        var day = calendar.TradingDay(timeUs);
        var later = calendar.TradingDay(Math.Min(timeUs + (25 * HourUs), LastCloseUs() - 1));
        Assert.InRange(later.DayNumber - day.DayNumber, 0, 2);
    });

    [Fact]
    public void The_next_session_bar_ends_at_the_first_close_that_is_later() => ForAnyTime(timeUs =>
    {
        var endUs = calendar.NextBarEnd(0, timeUs);
        Assert.True(endUs > timeUs);
        Assert.True(calendar.TryGetSessionAt(endUs - 1, out var session));
        Assert.Equal(session.CloseUs, endUs);
        Assert.True(calendar.PreviousSession(session.Day).CloseUs <= timeUs, $"{timeUs}: an earlier session than {session} closes later");
    });

    [Fact]
    public void The_next_bar_of_a_fixed_length_ends_later_and_on_the_grid() => ForAnyTime(timeUs =>
    {
        foreach (var intervalUs in s_intervals)
        {
            var barEndUs = timeUs - (timeUs % intervalUs);
            var endUs = calendar.NextBarEnd(intervalUs, barEndUs);
            Assert.True(endUs >= barEndUs + intervalUs, $"{barEndUs} + {intervalUs} gave {endUs}");
            Assert.Equal(0, endUs % intervalUs);
            var isOfSession = calendar.TryGetSession(calendar.TradingDay(endUs - 1), out _);
            Assert.True(isOfSession, $"{barEndUs} + {intervalUs} ends on a day without session");
        }
    });

    [Fact]
    public void Within_a_session_bar_follows_bar() => ForAnySession(session =>
    {
        foreach (var intervalUs in s_intervals)
        {
            long previousUs = 0;
            foreach (var startUs in calendar.BarStarts(session, intervalUs))
            {
                if (previousUs != 0) Assert.Equal(startUs + intervalUs, calendar.NextBarEnd(intervalUs, startUs));
                previousUs = startUs;
            }
        }
    });

    [Fact]
    public void The_bars_of_a_session_cover_it_and_no_more() => ForAnySession(session =>
    {
        Assert.Equal(1, calendar.BarsOfSession(session, 0));
        foreach (var intervalUs in s_intervals)
        {
            var starts = new List<long>();
            foreach (var startUs in calendar.BarStarts(session, intervalUs)) starts.Add(startUs);
            Assert.Equal(starts.Count, calendar.BarsOfSession(session, intervalUs));
            Assert.Equal(starts.Count, calendar.BarStarts(session, intervalUs).Count);
            Assert.InRange(session.OpenUs, starts[0], starts[0] + intervalUs - 1);
            Assert.InRange(session.CloseUs, starts[^1] + 1, starts[^1] + intervalUs);
            for (var i = 0; i < starts.Count; i++) Assert.Equal(starts[0] + (i * intervalUs), starts[i]);
        }
    });

    [Fact]
    public void The_only_start_of_a_session_bar_is_the_open() => ForAnySession(session =>
    {
        var starts = new List<long>();
        foreach (var startUs in calendar.BarStarts(session, 0)) starts.Add(startUs);
        Assert.Equal([session.OpenUs], starts);
    });

    [Theory]
    [InlineData(-1)]
    [InlineData(7 * MinuteUs)]
    [InlineData(2 * DayUs)]
    public void A_length_that_does_not_divide_a_day_is_a_bug_of_the_caller(long intervalUs)
    {
        var session = calendar.NextSession(calendar.FirstDay);
        Assert.Throws<ArgumentOutOfRangeException>(() => calendar.BarsOfSession(session, intervalUs));
        Assert.Throws<ArgumentOutOfRangeException>(() => { calendar.BarStarts(session, intervalUs); });
        Assert.Throws<ArgumentOutOfRangeException>(() => calendar.NextBarEnd(intervalUs, session.OpenUs));
    }

    [Fact]
    public void A_day_outside_the_range_is_an_error_that_names_it_and_the_range()
    {
        var before = calendar.FirstDay.AddDays(-1);
        var error = Assert.Throws<CalendarRangeException>(() => calendar.TryGetSession(before, out _));
        Assert.Equal($"calendar {calendar.Name}", error.Where);
        Assert.Equal($"{before:yyyy-MM-dd}", error.Found);
        Assert.Equal($"{calendar.FirstDay:yyyy-MM-dd} to {calendar.LastDay:yyyy-MM-dd}", error.Expected);
        Assert.Equal($"{error.Where}: found {error.Found}; expected {error.Expected}", error.Message);

        var after = calendar.LastDay.AddDays(1);
        Assert.Throws<CalendarRangeException>(() => calendar.TryGetSession(after, out _));
        Assert.Throws<CalendarRangeException>(() => calendar.NextSession(before));
        Assert.Throws<CalendarRangeException>(() => calendar.NextSession(after));
        Assert.Throws<CalendarRangeException>(() => calendar.PreviousSession(before));
        Assert.Throws<CalendarRangeException>(() => calendar.PreviousSession(after));
    }

    [Fact]
    public void An_answer_outside_the_range_is_an_error()
    {
        Assert.True(calendar.PreviousSession(calendar.LastDay).Day < calendar.LastDay);
        Assert.Throws<CalendarRangeException>(() => calendar.NextSession(calendar.LastDay));
        Assert.Throws<CalendarRangeException>(() => calendar.PreviousSession(calendar.FirstDay));
        var endUs = LastCloseUs();
        Assert.Throws<CalendarRangeException>(() => calendar.NextBarEnd(0, endUs));
        Assert.Throws<CalendarRangeException>(() => calendar.NextBarEnd(12 * HourUs, endUs));
    }

    [Theory]
    [InlineData(long.MinValue)]
    [InlineData(-1)]
    [InlineData(long.MaxValue - DayUs)]
    [InlineData(long.MaxValue)]
    public void A_time_outside_the_range_is_an_error(long timeUs)
    {
        Assert.Throws<CalendarRangeException>(() => calendar.TradingDay(timeUs));
        Assert.Throws<CalendarRangeException>(() => calendar.TryGetSessionAt(timeUs, out _));
        Assert.Throws<CalendarRangeException>(() => calendar.NextBarEnd(0, timeUs));
        Assert.Throws<CalendarRangeException>(() => calendar.NextBarEnd(12 * HourUs, timeUs));
    }

    [Fact]
    public void No_look_up_allocates()
    {
        var session = calendar.NextSession(new DateOnly(2013, 6, 3));
        AskEverything(session);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1_000; i++)
        {
            AskEverything(session);
            session = calendar.NextSession(session.Day);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    long AskEverything(TradingSession session)
    {
        calendar.TryGetSession(session.Day.AddDays(1), out _);
        calendar.TryGetSessionAt(session.OpenUs, out _);
        calendar.TradingDay(session.CloseUs);
        calendar.PreviousSession(session.Day);
        var sumUs = calendar.NextBarEnd(0, session.OpenUs) + calendar.NextBarEnd(MinuteUs, session.CloseUs);
        sumUs += calendar.BarsOfSession(session, MinuteUs);
        foreach (var startUs in calendar.BarStarts(session, HourUs)) sumUs += startUs;
        return sumUs;
    }

    long LastCloseUs() =>
        calendar.TryGetSession(calendar.LastDay, out var last) ? last.CloseUs : calendar.PreviousSession(calendar.LastDay).CloseUs;

    /// <summary>Times from the second session's open on, and not so late that the next bar could lie outside the range.</summary>
    void ForAnyTime(Action<long> check)
    {
        var fromUs = calendar.NextSession(calendar.NextSession(calendar.FirstDay).Day).OpenUs;
        var minutes = (LastCloseUs() - (7 * DayUs) - fromUs) / MinuteUs;
        var times = Gen.Choose(0, (int)Math.Min(minutes, int.MaxValue)).SelectMany(
            minute => Gen.Choose(0, (int)MinuteUs - 1).Select(rest => fromUs + (minute * MinuteUs) + rest));
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(2_000).WithReplay(Seed, 1), Prop.ForAll(times.ToArbitrary(), check));
    }

    void ForAnySession(Action<TradingSession> check)
    {
        var days = calendar.LastDay.DayNumber - calendar.FirstDay.DayNumber - 14;
        var sessions = Gen.Choose(1, days).Select(day => calendar.NextSession(calendar.FirstDay.AddDays(day)));
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(100).WithReplay(Seed, 1), Prop.ForAll(sessions.ToArbitrary(), check));
    }
}
