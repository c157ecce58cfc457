namespace Kafka.Stock.Lakehouse.Tests;

[Collection(nameof(Alone))]
public sealed class ParquetBenchTests
{
    [Fact]
    public void It_writes_all_rows_and_leaves_nothing_behind()
    {
        using var test = new TestDatabase();
        var result = ParquetBench.Run(100_000, 2, test.Folder, new DuckOptions { ThreadCount = 2 }, CancellationToken.None);
        Assert.Equal(100_000, result.RowCount);
        Assert.True(result.LoadSeconds > 0 && result.CopySeconds > 0 && result.FileBytes > 100_000);
        Assert.InRange(result.PeakBytes, 10L << 20, 4L << 30);
        Assert.Equal(result.CopySeconds / result.LoadSeconds, result.SpeedRatio);
        Assert.Empty(Directory.GetFileSystemEntries(test.Folder));
    }

    /// <summary>The bound of the design, with room for a machine that does other things.</summary>
    [Fact]
    [Trait("Category", "Slow")]
    public void Ten_million_ticks_stay_below_a_GiB()
    {
        using var test = new TestDatabase();
        var options = new DuckOptions { ThreadCount = 2, MemoryLimitBytes = 512L << 20, TempFolder = test.PathTo("temp") };
        var result = ParquetBench.Run(10_000_000, 1, test.Folder, options, CancellationToken.None);
        Assert.InRange(result.PeakBytes, 1, 1L << 30);
    }
}
