using Kafka.Stock.Contracts;
using Kafka.Stock.TestKit;

namespace Kafka.Stock.Topology.Tests;

/// <summary>state = fold(log): a snapshot after any record, a restore and the rest of the log give the same bytes.</summary>
public sealed class SnapshotTests
{
    const string Series = "AAA/1d/csv";

    [Theory, InlineData(1UL), InlineData(2UL)]
    public void Restart_anywhere_changes_nothing(ulong seed)
    {
        var bars = SampleBars.RandomWalk(seed, 420);
        var whole = new FoldUnderTest().Feed(bars);
        var end = whole.Snapshot(Series);
        foreach (var cut in (int[])[1, 2, 59, 60, 61, 62, 63, 100, 361, 362, 400, 419])
        {
            var snapshot = new FoldUnderTest().Feed(bars[..cut]).Snapshot(Series);
            var restored = new FoldUnderTest();
            restored.Restore(Series, snapshot);
            Assert.Equal(snapshot, restored.Snapshot(Series));
            restored.Feed(bars[cut..]);
            Assert.True(end.AsSpan().SequenceEqual(restored.Snapshot(Series)), $"seed {seed}, cut at record {cut}: the end state differs");
            var tail = whole.Log.Records
                .Skip(whole.Log.Records.Count - restored.Log.Records.Count)
                .Select(record => Convert.ToHexString(record.Body));
            Assert.Equal(tail, restored.Log.Records.Select(record => Convert.ToHexString(record.Body)));
        }
    }

    [Fact]
    public void Open_windows_survive()
    {
        var before = new FoldUnderTest();
        before.Feed("SPY", new Tick("SPY", "iex", 1_572_442_200_000_000, SampleBars.Dollars(10), 3, 1));
        before.Feed("SPY", new Tick("SPY", "iex", 1_572_442_260_000_000, SampleBars.Dollars(12), 4, 2));
        var after = new FoldUnderTest();
        after.Restore("SPY/1m/iex", before.Snapshot("SPY/1m/iex"));
        after.Feed("SPY", new Watermark("SPY", "iex", 1_572_442_500_000_000, 3));
        Assert.Equal([3L, 4L], after.Log.Of<Bar>().Select(bar => bar.Volume));
    }

    [Fact]
    public void A_snapshot_of_another_format_is_refused()
    {
        var bytes = new FoldUnderTest().Feed(SampleBars.RandomWalk(3, 70)).Snapshot(Series);
        bytes[0]++;
        Assert.Contains("format version", Assert.Throws<FormatException>(() => new FoldUnderTest().Restore(Series, bytes)).Message);
    }

    [Fact]
    public void A_warm_daily_series_takes_less_than_64_kB()
    {
        var bytes = new FoldUnderTest().Feed(SampleBars.RandomWalk(3, 500)).Snapshot(Series);
        Assert.InRange(bytes.Length, 30_000, 64_000);
    }
}
