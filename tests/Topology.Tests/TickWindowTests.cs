using Kafka.Stock.Contracts;
using Kafka.Stock.TestKit;

namespace Kafka.Stock.Topology.Tests;

public sealed class TickWindowTests
{
    // 2019-10-30 13:30 UTC, the session's open.
    const long OpenUs = 1_572_442_200_000_000;
    const long MinuteUs = 60_000_000;
    long _sequence;

    [Fact]
    public void A_window_holds_the_first_highest_lowest_and_last_price_in_the_order_of_the_log()
    {
        var fold = new FoldUnderTest();
        fold.Feed("SPY", Tick(OpenUs, 10, 5));
        fold.Feed("SPY", Tick(OpenUs + 2, 12, 7));
        fold.Feed("SPY", Tick(OpenUs + 1, 9, 1));
        fold.Feed("SPY", Tick(OpenUs + MinuteUs - 1, 11, 2));
        fold.Feed("SPY", Tick(OpenUs + MinuteUs, 99, 1));
        fold.Feed("SPY", Mark(OpenUs + MinuteUs));
        var bar = Assert.Single(fold.Log.Of<Bar>());
        var series = new SeriesId("SPY", "1m", "iex");
        Assert.Equal(
            new Bar(series, OpenUs, OpenUs + MinuteUs, Dollars(10), Dollars(12), Dollars(9), Dollars(11), 15, 4),
            bar);
    }

    [Fact]
    public void Only_a_watermark_of_the_own_symbol_and_source_closes_a_window()
    {
        var fold = new FoldUnderTest();
        fold.Feed("SPY", Tick(OpenUs, 10, 1));
        fold.Feed("AMD", new Watermark("AMD", "iex", OpenUs + (10 * MinuteUs), 1));
        fold.Feed("SPY", new Watermark("SPY", "other", OpenUs + (10 * MinuteUs), 1));
        fold.Feed("SPY", Tick(OpenUs + (100 * MinuteUs), 11, 1));
        fold.Feed("SPY", Mark(OpenUs + MinuteUs - 1));
        Assert.Empty(fold.Log.Of<Bar>());
        fold.Feed("SPY", Mark(OpenUs + MinuteUs));
        Assert.Single(fold.Log.Of<Bar>());
    }

    [Fact]
    public void A_late_tick_is_counted_and_changes_nothing()
    {
        var fold = new FoldUnderTest();
        fold.Feed("SPY", Tick(OpenUs, 10, 1));
        fold.Feed("SPY", Mark(OpenUs + MinuteUs));
        fold.Feed("SPY", Tick(OpenUs + 5, 11, 1));
        fold.Feed("SPY", Mark(OpenUs + (2 * MinuteUs)));
        Assert.Single(fold.Log.Of<Bar>());
        Assert.Equal(1, fold.Log.Output.Counted(FoldEvent.LateTick));
    }

    [Fact]
    public void A_minute_without_a_trade_has_no_bar()
    {
        var fold = new FoldUnderTest();
        fold.Feed("SPY", Tick(OpenUs, 10, 1));
        fold.Feed("SPY", Tick(OpenUs + (3 * MinuteUs), 10, 1));
        fold.Feed("SPY", Mark(OpenUs + (10 * MinuteUs)));
        Assert.Equal([OpenUs, OpenUs + (3 * MinuteUs)], fold.Log.Of<Bar>().Select(bar => bar.StartUs));
    }

    [Fact]
    public void A_repeated_sequence_number_is_taken_once()
    {
        var fold = new FoldUnderTest();
        var tick = Tick(OpenUs, 10, 5);
        fold.Feed("SPY", tick);
        fold.Feed("SPY", tick);
        fold.Feed("SPY", Mark(OpenUs + MinuteUs));
        Assert.Equal(5, Assert.Single(fold.Log.Of<Bar>()).Volume);
        Assert.Equal(1, fold.Log.Output.Counted(FoldEvent.Duplicate));
    }

    [Fact]
    public void Session_windows_follow_the_calendar_and_leave_out_trades_outside_it()
    {
        var fold = new FoldUnderTest(new TopologyOptions { TickIntervals = [BarInterval.Session, BarInterval.Parse("5m")] });
        fold.Feed("SPY", Tick(OpenUs - 1, 8, 1));
        fold.Feed("SPY", Tick(OpenUs, 10, 1));
        fold.Feed("SPY", Tick(OpenUs + (389 * MinuteUs), 12, 1));
        fold.Feed("SPY", Tick(OpenUs + (390 * MinuteUs), 20, 1));
        fold.Feed("SPY", Mark(OpenUs + (600 * MinuteUs)));
        var day = Assert.Single(fold.Log.Of<Bar>(), bar => bar.Series.Interval == "1d");
        Assert.Equal(
            (OpenUs, OpenUs + (390 * MinuteUs), Dollars(10), Dollars(12), 2L),
            (day.StartUs, day.EndUs, day.Open, day.Close, day.Volume));
        Assert.Equal(4, fold.Log.Of<Bar>().Count(bar => bar.Series.Interval == "5m"));
    }

    [Fact]
    public void A_tick_that_would_open_more_windows_than_allowed_is_a_dead_letter()
    {
        var fold = new FoldUnderTest(new TopologyOptions { OpenWindowsMax = 3 });
        for (var i = 0; i < 3; i++) fold.Feed("SPY", Tick(OpenUs + (i * MinuteUs), 10, 1));
        var before = fold.Snapshot("SPY/1m/iex");
        var error = Assert.Throws<RecordDefectException>(() => fold.Feed("SPY", Tick(OpenUs + (9 * MinuteUs), 10, 1)));
        Assert.Contains("at most 3 windows", error.Message);
        Assert.Equal(before, fold.Snapshot("SPY/1m/iex"));
    }

    static Price Dollars(double dollars) => SampleBars.Dollars(dollars);

    Tick Tick(long timeUs, double price, long size) => new("SPY", "iex", timeUs, Dollars(price), size, ++_sequence);

    Watermark Mark(long timeUs) => new("SPY", "iex", timeUs, ++_sequence);
}
