using Kafka.Stock.EndToEnd.Tests.Support;

namespace Kafka.Stock.EndToEnd.Tests;

/// <summary>What a demo of all the bundled data says and leaves.</summary>
[Collection(KeptDemoCollection.Name)]
public sealed class DemoResultTests(KeptDemo demo)
{
    [Fact]
    public void The_result_is_the_golden_one() => Demo.AssertEqual(
        Demo.Golden, demo.Result, "if the change is meant, it goes into Golden/demo.json");

    [Fact]
    public async Task The_demo_leaves_a_lake_that_agrees_with_what_it_says()
    {
        Assert.Contains($"in {demo.Lake} ", demo.Output, StringComparison.Ordinal);
        Assert.Contains($"./kstock lake query \"{LakeRun.CountOfSeries}\" --lake {demo.Lake}", demo.Output, StringComparison.Ordinal);

        var lake = new LakeRun(demo.Lake);
        var said = demo.Result["series"]!.AsObject().Select(one => (one.Key, one.Value!["bars"]!.GetValue<long>()));
        Assert.Equal(said, await lake.RowsAsync());
        var skew = (await lake.RunAsync("skew")).Expect(0);
        var batches = demo.Result["micro_batches"]!.GetValue<long>();
        Assert.Equal($"{batches} rows compared, 0 differences, 0 rows missing in gold; 0 refreshes left out", skew.Output.Trim());

        (await lake.RunAsync("check")).Expect(0);
        Assert.Equal("no new rows since pass 1", (await lake.RunAsync("check")).Expect(0).Output.Trim());
        var failed = (await lake.RunAsync("check", "--fail-on", "nothing")).Expect(2);
        Assert.Contains("nothing", failed.Error, StringComparison.Ordinal);
    }
}
