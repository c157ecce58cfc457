using Kafka.Stock.Contracts;
using Kafka.Stock.TestKit;

namespace Kafka.Stock.Topology.Tests;

public sealed class CorporateActionTests
{
    [Fact]
    public void A_split_told_by_an_action_leaves_labels_and_features_as_if_prices_had_been_adjusted()
    {
        const int At = 120;
        var adjusted = SampleBars.RandomWalk(11, 160);
        var raw = new FoldUnderTest();
        long sequence = 0;
        foreach (var (bar, i) in adjusted.Select((bar, i) => (bar, i)))
        {
            if (i == At) raw.Feed("AAA", new CorporateAction("AAA", "csv", CorporateActionKind.Split, bar.StartUs, 0.25, 4, ++sequence));
            raw.Feed("AAA", (i < At ? Times(bar, 4) : bar) with { Sequence = ++sequence });
        }

        var expected = new FoldUnderTest().Feed(adjusted).Log.Of<MicroBatch>();
        var actual = raw.Log.Of<MicroBatch>();
        Assert.Equal(expected.Count, actual.Count);
        foreach (var (one, two) in expected.Zip(actual))
        {
            Assert.Equal(one.Rows.Select(row => row.BarEndUs), two.Rows.Select(row => row.BarEndUs));
            foreach (var (a, b) in one.Rows.Zip(two.Rows)) Assert.Equal(a.TargetReturn, b.TargetReturn, 1e-6);
            // Prices of six decimals and a volume's logarithm of 1 + v, not of v, leave small differences.
            foreach (var (a, b) in one.Features.Zip(two.Features)) Assert.Equal(a, b, 1e-2);
        }

        var split = actual[At - 60];
        Assert.Equal(adjusted[At - 1].Close.ToDouble(), split.Rows[^1].Close, 1e-9);
    }

    [Fact]
    public void Without_its_action_the_same_split_is_a_jump()
    {
        var bars = SampleBars.RandomWalk(11, 160);
        for (var i = 0; i < 120; i++) bars[i] = Times(bars[i], 4);
        var batches = new FoldUnderTest().Feed(bars).Log.Of<MicroBatch>();
        Assert.True(batches.Max(batch => batch.Rows.Count > 0 ? Math.Abs(batch.Rows[^1].TargetReturn) : 0) > 1.3);
    }

    [Fact]
    public void An_action_closes_the_windows_that_ended_before_it_at_the_old_price()
    {
        var fold = new FoldUnderTest();
        fold.Feed("SPY", new Tick("SPY", "iex", 1_572_442_200_000_000, SampleBars.Dollars(10), 1, 1));
        fold.Feed("SPY", new CorporateAction("SPY", "iex", CorporateActionKind.Split, 1_572_528_600_000_000, 0.5, 2, 2));
        Assert.Equal(SampleBars.Dollars(10), Assert.Single(fold.Log.Of<Bar>()).Close);
    }

    static SourceBar Times(SourceBar bar, int factor) => bar with
    {
        Open = new(bar.Open.Micros * factor),
        High = new(bar.High.Micros * factor),
        Low = new(bar.Low.Micros * factor),
        Close = new(bar.Close.Micros * factor),
        Volume = bar.Volume / factor,
    };
}
