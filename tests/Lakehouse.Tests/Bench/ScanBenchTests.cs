namespace Kafka.Stock.Lakehouse.Tests;

public sealed class ScanBenchTests
{
    [Fact]
    public async Task Both_engines_come_to_the_same_sums_and_every_time_is_there()
    {
        using var lake = new TestLake();
        var table = await lake.NewTableAsync();
        DataFile[] files = [lake.Write("a", 7), lake.Write("b", -3, "2024-01-03"), lake.Write("c", 1_000_000_007)];
        await table.AppendAsync(files, [], default);
        var result = await ScanBench.RunAsync(lake.Lake, "bronze/market", new RowFilter("volume", Comparison.Greater, "0"), 2, default);
        Assert.Equal(3, result.Rows);
        Assert.True(result.FullMs > 0 && result.FilteredMs > 0);
        using var clickHouse = ClickHouse.TryStart();
        Assert.Equal(clickHouse is not null, result.FullRatio is not null);
        Assert.Equal(clickHouse is not null, result.FilteredRatio is not null);
        Assert.Equal(2, new ScanBenchResult(1, 10, 5, 20, 10).FullRatio);
        Assert.Equal(2, new ScanBenchResult(1, 10, 5, 20, 10).FilteredRatio);
    }
}
