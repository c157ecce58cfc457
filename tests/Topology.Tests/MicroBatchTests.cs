using Kafka.Stock.Contracts;
using Kafka.Stock.TestKit;

namespace Kafka.Stock.Topology.Tests;

public sealed class MicroBatchTests
{
    [Fact]
    public void The_61st_bar_gives_the_first_micro_batch_and_it_has_no_row()
    {
        var fold = new FoldUnderTest().Feed(SampleBars.RandomWalk(1, 60));
        Assert.Empty(fold.Log.Of<MicroBatch>());
        fold.Feed(SampleBars.RandomWalk(1, 61)[60..]);
        var first = Assert.Single(fold.Log.Of<MicroBatch>());
        Assert.Empty(first.Rows);
        Assert.True(first.Restarted);
        Assert.Equal(61, fold.Log.Of<Bar>().Count);
    }

    [Fact]
    public void Rows_grow_to_four_and_the_last_is_the_one_whose_label_has_just_come()
    {
        var bars = SampleBars.RandomWalk(2, 70);
        var batches = new FoldUnderTest().Feed(bars).Log.Of<MicroBatch>();
        Assert.Equal([0, 1, 2, 3, 4, 4, 4, 4, 4, 4], batches.Select(batch => batch.Rows.Count));
        for (var i = 1; i < batches.Count; i++)
        {
            var newest = batches[i].Rows[^1];
            Assert.Equal(batches[i - 1].BarEndUs, newest.BarEndUs);
            Assert.Equal(batches[i].BarEndUs, newest.TargetEndUs);
            Assert.Equal(batches[i - 1].Features, newest.Features);
            Assert.Equal(Math.Log(batches[i].Close / batches[i - 1].Close), newest.TargetReturn, 1e-14);
            Assert.False(batches[i].Restarted);
            Assert.Equal(batches[i].Rows.Select(row => row.BarEndUs).Order(), batches[i].Rows.Select(row => row.BarEndUs));
            Assert.Equal(batches[i].Rows.Count, batches[i].Rows.Select(row => row.BarEndUs).Distinct().Count());
        }
    }

    [Fact]
    public void A_horizon_of_three_labels_a_row_three_bars_later()
    {
        var batches = new FoldUnderTest(new TopologyOptions { HorizonBars = 3 }).Feed(SampleBars.RandomWalk(3, 80)).Log.Of<MicroBatch>();
        Assert.All(batches.Take(3), batch => Assert.Empty(batch.Rows));
        for (var i = 3; i < batches.Count; i++)
        {
            Assert.Equal(batches[i - 3].BarEndUs, batches[i].Rows[^1].BarEndUs);
            Assert.Equal(batches[i].BarEndUs, batches[i].Rows[^1].TargetEndUs);
        }

        Assert.Equal(batches[3].BarEndUs, batches[0].TargetTimeUs);
    }

    [Fact]
    public void Replay_draws_only_from_the_last_rows_and_prefers_young_ones()
    {
        var options = new TopologyOptions { ReplayCapacityRows = 40, ReplayLambda = 0.1 };
        var batches = new FoldUnderTest(options).Feed(SampleBars.RandomWalk(4, 700)).Log.Of<MicroBatch>();
        var ends = batches.Select(batch => batch.BarEndUs).ToList();
        var ages = new List<int>();
        for (var i = 200; i < batches.Count; i++)
            ages.AddRange(batches[i].Rows.SkipLast(1).Select(row => i - 2 - ends.BinarySearch(row.BarEndUs)));
        Assert.InRange(ages.Max(), 30, 38);
        Assert.Equal(0, ages.Min());
        var young = ages.Count(age => age < 10) / (double)ages.Count;
        Assert.InRange(young, 0.55, 0.75); // without replacement, of 39 past rows; drawn uniformly it would be 0.26
    }

    [Fact]
    public void Another_seed_draws_other_rows_and_changes_no_feature()
    {
        var bars = SampleBars.RandomWalk(5, 200);
        var one = new FoldUnderTest().Feed(bars).Log.Of<MicroBatch>();
        var two = new FoldUnderTest(new TopologyOptions { Seed = 2 }).Feed(bars).Log.Of<MicroBatch>();
        Assert.Equal(one.SelectMany(batch => batch.Features), two.SelectMany(batch => batch.Features));
        Assert.NotEqual(
            one.SelectMany(batch => batch.Rows).Select(row => row.BarEndUs),
            two.SelectMany(batch => batch.Rows).Select(row => row.BarEndUs));
        Assert.NotEqual(one[0].Epoch, two[0].Epoch);
    }

    [Fact]
    public void A_hole_of_more_than_thirty_days_restarts_the_series_and_no_label_crosses_it()
    {
        var bars = SampleBars.RandomWalk(6, 200);
        bars.RemoveRange(100, 30); // about six weeks
        var fold = new FoldUnderTest().Feed(bars);
        var batches = fold.Log.Of<MicroBatch>();
        Assert.Equal(40 + 10, batches.Count);
        Assert.Equal(1, fold.Log.Output.Counted(FoldEvent.SeriesRestarted));
        var first = batches[40];
        Assert.True(first.Restarted);
        Assert.Empty(first.Rows);
        var hole = bars[100].StartUs;
        Assert.All(batches.Skip(40), batch => Assert.All(batch.Rows, row => Assert.True(row.BarEndUs > hole)));
    }

    [Fact]
    public void Every_number_is_finite_through_constant_prices_no_volume_and_a_jump_of_a_million()
    {
        var bars = SampleBars.RandomWalk(7, 300);
        for (var i = 80; i < 160; i++)
        {
            var price = new Price(1_000_000);
            bars[i] = bars[i] with { Open = price, High = price, Low = price, Close = price, Volume = 0 };
        }

        bars[200] = bars[200] with { Open = new(1), High = new(1), Low = new(1), Close = new(1) };
        bars[201] = bars[201] with
        {
            Open = new(1_000_000),
            High = new(90_000_000_000_000),
            Low = new(1),
            Close = new(50_000_000_000_000),
            Volume = 900_000_000_000,
        };
        var batches = new FoldUnderTest().Feed(bars).Log.Of<MicroBatch>();
        Assert.Equal(240, batches.Count);
        Assert.All(batches, batch =>
        {
            Assert.All(batch.Features, value => Assert.InRange(value, -4f, 4f));
            Assert.All(batch.VolatilityInputs, value => Assert.True(double.IsFinite(value)));
            Assert.InRange(batch.Scale, 1e-4, 1e3);
            Assert.All(batch.Rows, row => Assert.True(double.IsFinite(row.TargetReturn)));
        });
    }
}
