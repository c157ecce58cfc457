using Kafka.Stock.Contracts;
using Kafka.Stock.Learning;
using Kafka.Stock.TestKit;

namespace Kafka.Stock.Topology.Tests;

public sealed class MarketReferenceTests
{
    static readonly TopologyOptions s_options = new() { Pipeline = FeaturePipeline.PriceV1Market, Reference = "SPY" };

    [Fact]
    public void Rows_are_four_wider_and_the_seventeen_are_as_without_a_reference()
    {
        var (own, market) = (SampleBars.RandomWalk(1, 100), SampleBars.RandomWalk(2, 100, "SPY"));
        var with = Feed(new FoldUnderTest(s_options), own, market).Log.Of<MicroBatch>();
        var without = new FoldUnderTest().Feed(own).Log.Of<MicroBatch>();
        Assert.Equal(without.Count, with.Count);
        Assert.All(with.Zip(without), pair =>
        {
            Assert.Equal(pair.Second.Features, pair.First.Features[..17]);
            Assert.Equal(pair.Second.VolatilityInputs, pair.First.VolatilityInputs[..4]);
            Assert.DoesNotContain(0f, pair.First.Features[17..]);
            Assert.Equal(6, pair.First.VolatilityInputs.Length);
            Assert.Equal(FeaturePipeline.PriceV1Market.Fingerprint, pair.First.Fingerprint);
        });
        Assert.NotEqual(without[0].Epoch, with[0].Epoch);
    }

    [Fact]
    public void The_first_of_the_four_is_the_references_return_at_this_bar_over_its_own_scale()
    {
        var (own, market) = (SampleBars.RandomWalk(1, 80), SampleBars.RandomWalk(2, 80, "SPY"));
        var last = Feed(new FoldUnderTest(s_options), own, market).Log.Of<MicroBatch>()[^1];
        // What the series has seen of the reference: all but its bar at the first bar, when there was no series yet.
        var alone = new FoldUnderTest().Feed(market.Skip(1)).Log.Of<MicroBatch>()[^1];
        Assert.Equal(alone.Features[0], last.Features[17]);
        Assert.Equal(alone.VolatilityInputs[3], last.VolatilityInputs[5]);
    }

    /// <summary>Two symbols in one partition, and each in a partition of its own: the reference comes to all, the results are the
    /// same.</summary>
    [Fact]
    public void Results_do_not_depend_on_how_series_are_spread()
    {
        List<SourceBar>[] all = [SampleBars.RandomWalk(1, 90), SampleBars.RandomWalk(3, 90, "BBB"), SampleBars.RandomWalk(2, 90, "SPY")];
        var together = new FoldUnderTest(s_options);
        var apart = all.Select(_ => new FoldUnderTest(s_options)).ToArray();
        for (var t = 0; t < 90; t++)
        {
            together.Feed("SPY", new ReferenceBar(all[2][t]));
            foreach (var fold in apart) fold.Feed("SPY", new ReferenceBar(all[2][t]));
            for (var i = 0; i < all.Length; i++)
            {
                if (i == 1 && t < 25) continue; // begins later
                together.Feed(all[i][t].Symbol, all[i][t]);
                apart[i].Feed(all[i][t].Symbol, all[i][t]);
            }
        }

        Assert.Equal(Bodies(together, "AAA"), Bodies(apart[0], "AAA"));
        Assert.Equal(Bodies(together, "BBB"), Bodies(apart[1], "BBB"));
        Assert.Equal(Bodies(together, "SPY"), Bodies(apart[2], "SPY"));
        Assert.Equal((30, 5, 30), (Bodies(together, "AAA").Count, Bodies(together, "BBB").Count, Bodies(together, "SPY").Count));
        Assert.Equal(together.Snapshot("AAA/1d/csv"), apart[0].Snapshot("AAA/1d/csv"));
    }

    [Fact]
    public void The_reference_itself_has_its_own_returns_beside_its_own()
    {
        var market = SampleBars.RandomWalk(2, 100, "SPY");
        var last = Feed(new FoldUnderTest(s_options), market, market).Log.Of<MicroBatch>()[^1];
        Assert.Equal(last.Features[5], last.Features[18], 0.05f); // its own history is one bar longer
    }

    [Theory]
    [InlineData(65)]
    [InlineData(98)]
    public void Reference_bars_after_t_change_no_micro_batch_up_to_t(int t)
    {
        var (own, market) = (SampleBars.RandomWalk(1, 100), SampleBars.RandomWalk(2, 100, "SPY"));
        var before = Bodies(Feed(new FoldUnderTest(s_options), own, market), "AAA");
        for (var i = t + 1; i < 100; i++) market[i] = market[i] with { High = new(9_000_000_000), Close = new(market[i].Close.Micros * 2) };
        var after = Bodies(Feed(new FoldUnderTest(s_options), own, market), "AAA");
        Assert.Equal(before[..(t - 59)], after[..(t - 59)]);
        Assert.NotEqual(before[t - 59], after[t - 59]);
    }

    [Fact]
    public void A_repeated_or_older_reference_bar_is_counted_and_changes_nothing()
    {
        var (own, market) = (SampleBars.RandomWalk(1, 70), SampleBars.RandomWalk(2, 70, "SPY"));
        var once = Feed(new FoldUnderTest(s_options), own, market);
        var twice = new FoldUnderTest(s_options);
        for (var t = 0; t < 70; t++)
        {
            twice.Feed("SPY", new ReferenceBar(market[t]));
            twice.Feed("SPY", new ReferenceBar(market[t]));
            if (t > 0) twice.Feed("SPY", new ReferenceBar(market[t - 1]));
            twice.Feed("AAA", own[t]);
        }

        Assert.Equal(Bodies(once, "AAA"), Bodies(twice, "AAA"));
        Assert.Equal(2 * 69, twice.Log.Output.Counted(FoldEvent.Duplicate));
    }

    /// <summary>Without a word zeros would pass for a market that stands still.</summary>
    [Theory]
    [InlineData(0, 100, 0)]
    [InlineData(80, 81, 1)]
    [InlineData(70, 100, 30)]
    [InlineData(0, 75, 15)]
    public void Each_forecast_without_a_bar_of_the_reference_is_counted(int from, int to, int expected)
    {
        var (own, market) = (SampleBars.RandomWalk(1, 100), SampleBars.RandomWalk(2, 100, "SPY"));
        if (expected > 0) market.RemoveRange(from, to - from);
        Assert.Equal(expected, Feed(new FoldUnderTest(s_options), own, market).Log.Output.Counted(FoldEvent.NoReference));
        Assert.Equal(0, new FoldUnderTest().Feed(own).Log.Output.Counted(FoldEvent.NoReference));
    }

    [Fact]
    public void A_holiday_of_the_reference_gives_zeros_and_goes_on()
    {
        var (own, market) = (SampleBars.RandomWalk(1, 100), SampleBars.RandomWalk(2, 100, "SPY"));
        market.RemoveAt(80);
        var batches = Feed(new FoldUnderTest(s_options), own, market).Log.Of<MicroBatch>();
        Assert.Equal([0f, 0f, 0f, 0f], batches[20].Features[17..]);
        Assert.DoesNotContain(0f, batches[21].Features[17..]);
        Assert.All(batches, batch => Assert.All(batch.VolatilityInputs, input => Assert.True(double.IsFinite(input))));
    }

    [Fact]
    public void Only_series_of_its_interval_take_a_reference_bar_and_only_of_the_symbol_that_is_set()
    {
        var (own, market) = (SampleBars.RandomWalk(1, 70), SampleBars.RandomWalk(2, 70, "SPY"));
        var other = Feed(new FoldUnderTest(s_options), own, [.. market.Select(bar => bar with { Interval = "1h" })]);
        Assert.All(other.Log.Of<MicroBatch>(), batch => Assert.Equal([0f, 0f, 0f, 0f], batch.Features[17..]));
        var qqq = Feed(new FoldUnderTest(s_options), own, [.. market.Select(bar => bar with { Symbol = "QQQ" })]);
        Assert.Equal(Bodies(other, "AAA"), Bodies(qqq, "AAA"));
        var none = Feed(new FoldUnderTest(), own, market);
        Assert.Equal(Bodies(new FoldUnderTest().Feed(own), "AAA"), Bodies(none, "AAA"));
    }

    [Fact]
    public void A_snapshot_keeps_what_the_series_knows_of_the_reference()
    {
        var (own, market) = (SampleBars.RandomWalk(1, 90), SampleBars.RandomWalk(2, 90, "SPY"));
        var whole = Feed(new FoldUnderTest(s_options), own, market);
        var first = Feed(new FoldUnderTest(s_options), own[..70], market[..70]);
        var second = new FoldUnderTest(s_options);
        second.Restore("AAA/1d/csv", first.Snapshot("AAA/1d/csv"));
        Feed(second, own[70..], market[70..]);
        Assert.Equal(whole.Snapshot("AAA/1d/csv"), second.Snapshot("AAA/1d/csv"));
        var fault = Assert.Throws<FormatException>(() => new FoldUnderTest().Restore("AAA/1d/csv", whole.Snapshot("AAA/1d/csv")));
        Assert.Contains("fingerprint", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_broken_reference_bar_is_a_dead_letter()
    {
        var fold = new FoldUnderTest(s_options);
        var bar = SampleBars.RandomWalk(2, 1, "SPY")[0] with { Low = new(-1) };
        Assert.Throws<RecordDefectException>(() => fold.Feed("SPY", new ReferenceBar(bar)));
    }

    [Fact]
    public void A_pipeline_and_a_reference_that_do_not_belong_together_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new TopologyFold(new TopologyOptions { Reference = "SPY" }));
        Assert.Throws<ArgumentException>(() => new TopologyFold(s_options with { Reference = null }));
    }

    /// <summary>Raw prices aren't free of scale: after a split the rows to replay are those of today's scale.</summary>
    [Fact]
    public void A_split_rescales_the_raw_rows_that_wait_and_those_in_the_replay_buffer()
    {
        var bars = SampleBars.RandomWalk(11, 140);
        var fold = new FoldUnderTest(new TopologyOptions { Pipeline = FeaturePipeline.SeedV1 });
        fold.Feed(bars[..120]);
        fold.Feed("AAA", new CorporateAction("AAA", "csv", CorporateActionKind.Split, bars[120].StartUs, 0.25, 4, 121));
        fold.Log.Clear();
        foreach (var bar in bars[120..])
        {
            fold.Feed("AAA", bar with
            {
                Open = Quarter(bar.Open),
                High = Quarter(bar.High),
                Low = Quarter(bar.Low),
                Close = Quarter(bar.Close),
                Sequence = bar.Sequence + 1,
            });
        }

        foreach (var row in fold.Log.Of<MicroBatch>().SelectMany(batch => batch.Rows))
        {
            var bar = bars.Single(bar => bar.EndUs == row.BarEndUs);
            Assert.Equal(bar.Close.ToDouble() / 4, row.Features[3], 1e-3);
            Assert.Equal(row.Close, row.Features[3], 1e-3);
        }

        static Price Quarter(Price price) => new(price.Micros / 4);
    }

    static FoldUnderTest Feed(FoldUnderTest fold, List<SourceBar> own, List<SourceBar> market)
    {
        var at = 0;
        foreach (var bar in own)
        {
            for (; at < market.Count && market[at].EndUs <= bar.EndUs; at++) fold.Feed(market[at].Symbol, new ReferenceBar(market[at]));
            fold.Feed(bar.Symbol, bar);
        }

        return fold;
    }

    static List<string> Bodies(FoldUnderTest fold, string symbol) =>
    [
        .. fold.Log.Of<MicroBatch>().Zip(fold.Log.Records.Where(record => record.SchemaName == MicroBatch.SchemaName))
            .Where(pair => pair.First.Series.Symbol == symbol).Select(pair => Convert.ToHexString(pair.Second.Body)),
    ];
}
