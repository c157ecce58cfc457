using Kafka.Stock.EndToEnd.Tests.Support;

namespace Kafka.Stock.EndToEnd.Tests;

/// <summary>Topics to bronze, by a process of its own.</summary>
[Collection(KeptDemoCollection.Name)]
public sealed class LakeSyncTests(KeptDemo demo) : IDisposable
{
    readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public async Task Every_record_comes_in_once_and_gold_is_that_of_the_stream()
    {
        var first = (await RunAsync("sync", "--bootstrap", demo.Bootstrap)).Expect(0).Output;
        Assert.Contains("bronze/market: 17642 rows", first, StringComparison.Ordinal);
        var again = (await RunAsync("sync", "--bootstrap", demo.Bootstrap)).Expect(0).Output;
        Assert.All(again.Trim().Split('\n'), line => Assert.EndsWith(": 0 rows", line, StringComparison.Ordinal));

        (await RunAsync("rebuild")).Expect(0);
        var skew = (await RunAsync("skew")).Expect(0).Output;
        Assert.Contains(" 0 differences, 0 rows missing", skew, StringComparison.Ordinal);
        Assert.DoesNotContain("0 rows compared", skew[..16], StringComparison.Ordinal);
    }

    Task<Ended> RunAsync(params IEnumerable<string> arguments) =>
        new LakeRun(_scratch.PathTo("lake")).RunAsync(arguments);
}
