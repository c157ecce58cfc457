namespace Kafka.Stock.Streaming.Tests;

public sealed class StreamBenchTests
{
    [Fact]
    public async Task Gives_figures_of_both_loops()
    {
        var result = await StreamBench.RunAsync(rounds: 1, recordsPerRound: 5_000);
        Assert.True(result.HostRecordsPerSecond > 1_000);
        Assert.True(result.BareRecordsPerSecond > 1_000);
        Assert.InRange(result.RecordBytes, 150, 250);
        Assert.True(double.IsFinite(result.Ratio));
    }
}
