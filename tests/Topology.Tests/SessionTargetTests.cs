using Kafka.Stock.Calendars;
using Kafka.Stock.Contracts;
using Kafka.Stock.Learning;
using Kafka.Stock.TestKit;

namespace Kafka.Stock.Topology.Tests;

public sealed class SessionTargetTests
{
    const int Warm = 65;
    const int Count = 80;

    static readonly TopologyOptions s_options = new() { Target = TargetKind.NextSessionClose };

    /// <summary>Daily bars, then intraday ones or trades under the same name: the session's rows are those of daily bars alone.</summary>
    [Theory]
    [InlineData("bars")]
    [InlineData("trades")]
    public void Sessions_built_of_parts_give_the_rows_of_daily_bars_one_a_session(string parts)
    {
        var days = SessionSample.Days(1, Count);
        var fold = new FoldUnderTest(s_options).FeedAll([.. days[..Warm], .. Parts(days[Warm..], parts)]);
        var whole = new FoldUnderTest(s_options).Feed(days);
        var (found, expected) = (Learnt(fold), Learnt(whole));
        Assert.Equal(Count - 60, expected.Count);
        Assert.Equal(expected.Count, found.Count);
        foreach (var (one, other) in found.Zip(expected)) AssertSameBatch(other, one);
        Assert.Equal(Sessions(whole), Sessions(fold));
    }

    [Theory]
    [InlineData("bars", 3)]
    [InlineData("trades", 3)]
    public void Each_intraday_bar_before_the_close_gives_one_refresh_for_the_next_sessions_close(string parts, int perSession)
    {
        var days = SessionSample.Days(1, Count);
        var fold = new FoldUnderTest(s_options).FeedAll([.. days[..Warm], .. Parts(days[Warm..], parts)]);
        var refreshes = fold.Log.Of<MicroBatch>().Where(batch => batch.Provisional).ToList();
        Assert.Equal((Count - Warm) * perSession, refreshes.Count);
        foreach (var refresh in refreshes)
        {
            Assert.True(UsEquitiesCalendar.Instance.TryGetSessionAt(refresh.BarEndUs, out var session));
            Assert.Equal(UsEquitiesCalendar.Instance.NextSession(session.Day).CloseUs, refresh.TargetTimeUs);
            Assert.Equal((double)(session.CloseUs - refresh.BarEndUs) / (session.CloseUs - session.OpenUs), refresh.RemainingShare);
            Assert.InRange(refresh.RemainingShare, 0.05, 1);
            Assert.Empty(refresh.Rows);
            Assert.False(refresh.Restarted);
            Assert.Equal(new SeriesId("AAA", "1d", "csv"), refresh.Series);
        }

        Assert.Equal(refreshes.Select(refresh => refresh.BarEndUs).Distinct().Count(), refreshes.Count);
        Assert.All(fold.Log.Of<MicroBatch>().Where(batch => !batch.Provisional), batch => Assert.Equal(0, batch.RemainingShare));
    }

    /// <summary>A refresh is the forecast that a daily bar of the day so far would lead to.</summary>
    [Fact]
    public void A_refresh_has_the_features_of_the_day_so_far_as_if_it_had_ended()
    {
        var days = SessionSample.Days(2, Count);
        var fold = new FoldUnderTest(s_options).FeedAll([.. days[..^1], .. SessionSample.HalfHours(days[^1])]);
        var refreshes = fold.Log.Of<MicroBatch>().Where(batch => batch.Provisional).ToList();
        var halfHours = SessionSample.HalfHours(days[^1]).ToArray();
        for (var seen = 1; seen <= 3; seen++)
        {
            var soFar = halfHours[..seen];
            var day = days[^1] with
            {
                EndUs = soFar[^1].EndUs,
                High = soFar.MaxBy(bar => bar.High.Micros).High,
                Low = soFar.MinBy(bar => bar.Low.Micros).Low,
                Close = soFar[^1].Close,
                Volume = soFar.Sum(bar => bar.Volume),
            };
            var expected = new FoldUnderTest().Feed([.. days[..^1], day]).Log.Of<MicroBatch>()[^1];
            var refresh = refreshes[seen - 1];
            Assert.Equal(expected.Features, refresh.Features);
            Assert.Equal(expected.VolatilityInputs, refresh.VolatilityInputs);
            Assert.Equal((expected.Close, expected.Scale), (refresh.Close, refresh.Scale));
            Assert.Equal(expected.RangeVolatility, refresh.RangeVolatility);
        }
    }

    [Fact]
    public void Bars_after_t_change_nothing_published_up_to_t()
    {
        var days = SessionSample.Days(3, Count);
        List<SourceBar> bars = [.. days[..Warm], .. days[Warm..].SelectMany(SessionSample.HalfHours)];
        var before = Bodies(new FoldUnderTest(s_options).Feed(bars));
        foreach (var index in new[] { Warm + 1, Warm + 18, bars.Count - 2 })
        {
            var changed = bars.ToList();
            for (var i = index + 1; i < bars.Count; i++) changed[i] = Doubled(bars[i]);
            var after = Bodies(new FoldUnderTest(s_options).Feed(changed));
            var known = before.TakeWhile(record => record.EndUs <= bars[index].EndUs).ToList();
            Assert.Equal(known, after[..known.Count]);
            Assert.NotEqual(before[^1], after[^1]);
        }
    }

    [Fact]
    public void A_half_day_ends_early_and_what_comes_later_belongs_to_no_session()
    {
        var days = SessionSample.Days(4, 245); // until December 2010: the Friday after Thanksgiving is a half day
        var half = days.FindIndex(day => SessionSample.SessionOf(day).IsHalfDay);
        var session = SessionSample.SessionOf(days[half]);
        Assert.Equal(new DateOnly(2010, 11, 26), session.Day);
        var late = days[half] with
        {
            Interval = "30m",
            StartUs = session.CloseUs,
            EndUs = session.CloseUs + (30 * SessionSample.MinuteUs),
            Close = SampleBars.Dollars(1),
            Low = SampleBars.Dollars(1),
            Sequence = (days[half].Sequence * 100) + 50,
        };
        var fold = new FoldUnderTest(s_options)
            .FeedAll([.. days[..half], .. SessionSample.HalfHours(days[half]), late, .. SessionSample.HalfHours(days[half + 1])]);
        var bars = fold.Log.Of<Bar>().Where(bar => bar.Series.Interval == "1d").ToList();
        Assert.Equal((session.CloseUs, days[half].Close), (bars[half].EndUs, bars[half].Close));
        Assert.Equal(days[half + 1].Close, bars[^1].Close);
        Assert.DoesNotContain(fold.Log.Of<MicroBatch>(), batch => batch.Provisional && batch.BarEndUs == late.EndUs);
    }

    /// <summary>Bars before the open and after the close are published, and are no part of a session.</summary>
    [Fact]
    public void Bars_outside_the_session_are_published_and_no_part_of_one()
    {
        var days = SessionSample.Days(5, Count);
        var trades = new FoldUnderTest(s_options).FeedAll([.. days[..Warm], .. Parts(days[Warm..], "trades")]);
        var minutes = trades.Log.Of<Bar>().Where(bar => bar.Series.Interval == "1m").ToList();
        Assert.Equal(6 * (Count - Warm), minutes.Count);
        Assert.Contains(minutes, bar => bar.Close == SampleBars.Dollars(9_999));
        Assert.DoesNotContain(trades.Log.Of<Bar>().Where(bar => bar.Series.Interval == "1d"), bar => bar.High == SampleBars.Dollars(9_999));
    }

    [Fact]
    public void A_window_over_an_open_or_a_close_is_cut_there()
    {
        var days = SessionSample.Days(6, Count);
        var hours = s_options with { TickIntervals = [BarInterval.Parse("1h")] };
        var session = SessionSample.SessionOf(days[Warm]);
        var fold = new FoldUnderTest(hours).Feed(days[..Warm]);
        Feed(session.OpenUs - SessionSample.MinuteUs, 900, 1);
        Feed(session.OpenUs + SessionSample.MinuteUs, 100, 2);
        fold.Feed("AAA", new Watermark("AAA", "csv", session.CloseUs, 9_000_003));
        var hour = fold.Log.Of<Bar>().Where(bar => bar.Series.Interval == "1h").ToList();
        Assert.Equal([session.OpenUs, session.OpenUs + (30 * SessionSample.MinuteUs)], hour.Select(bar => bar.EndUs));
        Assert.Equal(SampleBars.Dollars(100), fold.Log.Of<Bar>()[^1].High);

        void Feed(long atUs, double price, long sequence) =>
            fold.Feed("AAA", new Tick("AAA", "csv", atUs, SampleBars.Dollars(price), 1, 9_000_000 + sequence));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_days_own_bar_beside_its_parts_makes_one_session(bool dayComesFirst)
    {
        var days = SessionSample.Days(7, Count);
        var parts = SessionSample.HalfHours(days[^1]).ToArray();
        var own = days[^1] with { Volume = 123, Sequence = parts[^1].Sequence + 10 };
        IEnumerable<SourceBar> last = dayComesFirst
            ? [.. parts[..3], own, parts[3] with { Sequence = own.Sequence + 10 }]
            : [.. parts, own];
        var fold = new FoldUnderTest(s_options).Feed([.. days[..^1], .. last]);
        var session = Assert.Single(fold.Log.Of<Bar>(), bar => bar.Series.Interval == "1d" && bar.EndUs == own.EndUs);
        Assert.Equal(dayComesFirst ? 123 : days[^1].Volume, session.Volume);
        Assert.Equal(Count - 60, Learnt(fold).Count);
        Assert.Equal(1, fold.Log.Output.Counted(dayComesFirst ? FoldEvent.LateTick : FoldEvent.Duplicate));
    }

    [Fact]
    public void A_session_without_a_last_trade_ends_with_the_next_bar_or_the_watermark()
    {
        var days = SessionSample.Days(8, Count);
        var short1 = SessionSample.HalfHours(days[^2]).Take(3).ToArray();
        var short2 = SessionSample.HalfHours(days[^1]).Take(3).ToArray();
        var fold = new FoldUnderTest(s_options).Feed([.. days[..^2], .. short1, .. short2]);
        Assert.Equal(short1[^1].Close, fold.Log.Of<Bar>().Last(bar => bar.Series.Interval == "1d").Close);
        fold.Feed("AAA", new Watermark("AAA", "csv", days[^1].EndUs - 1, short2[^1].Sequence));
        Assert.Equal(Count - 1, fold.Log.Of<Bar>().Count(bar => bar.Series.Interval == "1d"));
        fold.Feed("AAA", new Watermark("AAA", "csv", days[^1].EndUs, short2[^1].Sequence + 1));
        Assert.Equal(Count, fold.Log.Of<Bar>().Count(bar => bar.Series.Interval == "1d"));
        Assert.Equal(short2[^1].Close, fold.Log.Of<Bar>()[^1].Close);
    }

    [Fact]
    public void A_split_overnight_rescales_the_history_and_the_refreshes_after_it()
    {
        var days = SessionSample.Days(9, Count);
        var before = days[..^1].Select(bar => Times(bar, 4)).ToList();
        var action = new CorporateAction(
            "AAA", "csv", CorporateActionKind.Split, UsEquitiesCalendar.Instance.DayStartUs(SessionSample.SessionOf(days[^1]).Day), 0.25, 4,
            days[^1].Sequence);
        var split = new FoldUnderTest(s_options).FeedAll([.. before, action, .. SessionSample.HalfHours(days[^1])]);
        var adjusted = new FoldUnderTest(s_options).FeedAll([.. days[..^1], .. SessionSample.HalfHours(days[^1])]);
        foreach (var (one, other) in split.Log.Of<MicroBatch>().TakeLast(4).Zip(adjusted.Log.Of<MicroBatch>().TakeLast(4)))
        {
            Assert.Equal(other.Provisional, one.Provisional);
            foreach (var (a, b) in other.Features.Zip(one.Features)) Assert.Equal(a, b, 1e-2);
        }

        Assert.Equal(adjusted.Log.Of<MicroBatch>()[^1].Rows[^1].TargetReturn, split.Log.Of<MicroBatch>()[^1].Rows[^1].TargetReturn, 1e-6);
    }

    [Fact]
    public void A_cold_series_and_one_after_a_long_hole_are_not_refreshed()
    {
        var days = SessionSample.Days(10, 140);
        var cold = new FoldUnderTest(s_options).FeedAll([.. days[..60], .. SessionSample.HalfHours(days[60])]);
        Assert.DoesNotContain(cold.Log.Of<MicroBatch>(), batch => batch.Provisional);
        Assert.Single(cold.Log.Of<MicroBatch>());
        var hole = new FoldUnderTest(s_options).FeedAll([.. days[..80], .. SessionSample.HalfHours(days[130])]);
        Assert.DoesNotContain(hole.Log.Of<MicroBatch>(), batch => batch.Provisional);
        Assert.Equal(1, hole.Log.Output.Counted(FoldEvent.SeriesRestarted));
    }

    [Fact]
    public void A_snapshot_in_the_middle_of_a_session_changes_nothing_that_follows()
    {
        var days = SessionSample.Days(11, Warm + 2);
        List<object> records = [.. days[..Warm], .. Parts(days[Warm..], "trades")];
        var whole = new FoldUnderTest(s_options).FeedAll(records);
        for (var cut = Warm; cut <= records.Count; cut++)
        {
            var first = new FoldUnderTest(s_options).FeedAll(records.Take(cut));
            var second = new FoldUnderTest(s_options);
            second.Restore("AAA/1d/csv", first.Snapshot("AAA/1d/csv"));
            second.FeedAll(records.Skip(cut));
            Assert.True(whole.Snapshot("AAA/1d/csv").AsSpan().SequenceEqual(second.Snapshot("AAA/1d/csv")), $"cut at record {cut}");
        }
    }

    [Fact]
    public void Repeats_and_bars_out_of_order_change_nothing()
    {
        var days = SessionSample.Days(12, Warm + 1);
        var parts = SessionSample.HalfHours(days[^1]).ToArray();
        var fold = new FoldUnderTest(s_options).Feed([.. days[..^1], parts[0], parts[1], parts[1]]);
        Assert.Equal(1, fold.Log.Output.Counted(FoldEvent.Duplicate));
        var before = fold.Snapshot("AAA/1d/csv");
        Assert.Throws<RecordDefectException>(() => fold.Feed("AAA", parts[0] with { Sequence = 9_000_000 }));
        Assert.Throws<RecordDefectException>(() => fold.Feed("AAA", days[3] with { Sequence = 9_000_000 }));
        Assert.Equal(before, fold.Snapshot("AAA/1d/csv"));
    }

    /// <summary>The reference's intraday bars make its sessions too; a refresh knows its session so far.</summary>
    [Fact]
    public void The_references_session_so_far_is_known_to_a_refresh()
    {
        var options = s_options with { Pipeline = FeaturePipeline.PriceV1Market, Reference = "SPY" };
        var (days, market) = (SessionSample.Days(13, Count), SessionSample.Days(14, Count, "SPY"));
        List<object> records = [];
        for (var t = 0; t < Count; t++)
        {
            if (t < Warm) records.AddRange([new ReferenceBar(market[t]), days[t]]);
            else records.AddRange(SessionSample.HalfHours(market[t]).Zip(SessionSample.HalfHours(days[t])).SelectMany(
                pair => new object[] { new ReferenceBar(pair.First), pair.Second }));
        }

        var batches = new FoldUnderTest(options).FeedAll(records).Log.Of<MicroBatch>();
        Assert.Equal(3 * (Count - Warm), batches.Count(batch => batch.Provisional));
        Assert.All(batches, batch => Assert.DoesNotContain(0f, batch.Features[17..]));

        var daily = new FoldUnderTest(options);
        for (var t = 0; t < Count; t++) daily.FeedAll([new ReferenceBar(market[t]), days[t]]);
        foreach (var (one, other) in batches.Where(batch => !batch.Provisional).Zip(Learnt(daily))) AssertSameBatch(other, one);
    }

    static IEnumerable<object> Parts(IEnumerable<SourceBar> days, string parts) =>
        parts == "bars" ? days.SelectMany(SessionSample.HalfHours).Cast<object>() : days.SelectMany(SessionSample.Trades);

    static List<MicroBatch> Learnt(FoldUnderTest fold) => [.. fold.Log.Of<MicroBatch>().Where(batch => !batch.Provisional)];

    static List<(long, Price, Price, Price, Price, long)> Sessions(FoldUnderTest fold) =>
    [
        .. fold.Log.Of<Bar>().Where(bar => bar.Series.Interval == "1d")
            .Select(bar => (bar.EndUs, bar.Open, bar.High, bar.Low, bar.Close, bar.Volume)),
    ];

    static void AssertSameBatch(MicroBatch expected, MicroBatch found)
    {
        var (one, other) = (new System.Buffers.ArrayBufferWriter<byte>(), new System.Buffers.ArrayBufferWriter<byte>());
        AvroBody.Write(expected, one);
        AvroBody.Write(found, other);
        Assert.Equal(Convert.ToHexString(one.WrittenSpan), Convert.ToHexString(other.WrittenSpan));
    }

    static List<(long EndUs, string Body)> Bodies(FoldUnderTest fold) =>
    [
        .. fold.Log.Of<MicroBatch>().Zip(fold.Log.Records.Where(record => record.SchemaName == MicroBatch.SchemaName))
            .Select(pair => (pair.First.BarEndUs, Convert.ToHexString(pair.Second.Body))),
    ];

    static SourceBar Doubled(SourceBar bar) => bar with { High = new(bar.High.Micros * 2), Close = new(bar.High.Micros * 2) };

    static SourceBar Times(SourceBar bar, int factor) => bar with
    {
        Open = new(bar.Open.Micros * factor),
        High = new(bar.High.Micros * factor),
        Low = new(bar.Low.Micros * factor),
        Close = new(bar.Close.Micros * factor),
        Volume = bar.Volume / factor,
    };
}
