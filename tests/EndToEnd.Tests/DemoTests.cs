using Kafka.Stock.BatchJob;
using Kafka.Stock.EndToEnd.Tests.Support;
using Kafka.Stock.TestKit;

namespace Kafka.Stock.EndToEnd.Tests;

public sealed class DemoTests
{
    /// <summary>All the bundled data: <see cref="DemoResultTests"/>.</summary>
    [Theory]
    [InlineData("1")]
    [InlineData("7")]
    [InlineData("24")]
    public async Task The_result_is_that_of_a_simulation_whatever_the_partitions(string partitions)
    {
        using var scratch = new Scratch();
        ShortData.WriteTo(scratch.Folder);
        var simulated = await SimulatedDemo.OfAsync(scratch.Folder, RetrainSchedule.Monthly);
        Assert.InRange(simulated.Promoted, 1, simulated.Decisions - 1);
        Demo.AssertEqual(Demo.ResultOf(simulated), await Demo.RunAsync("--data", scratch.Folder, "--partitions", partitions));
    }

    [Fact]
    public async Task Another_seed_gives_other_forecasts_of_the_same_counts()
    {
        using var scratch = new Scratch();
        ShortData.WriteTo(scratch.Folder);
        var simulated = Demo.ResultOf(await SimulatedDemo.OfAsync(scratch.Folder, RetrainSchedule.Monthly));
        var result = await Demo.RunAsync("--data", scratch.Folder, "--seed", "2");
        Assert.NotEqual(simulated["forecasts_sha256"]!.GetValue<string>(), result["forecasts_sha256"]!.GetValue<string>());
        foreach (var name in (string[])["ticks", "bars", "micro_batches", "forecasts", "scores", "dead_letters"])
            Demo.AssertEqual(simulated[name], result[name], name);
    }

    /// <summary>The live way, with its waits at month ends, and plain composition: two ways to the same bytes.</summary>
    [Fact]
    public async Task A_simulation_of_all_the_bundled_data_has_the_golden_result_too()
    {
        var tally = await SimulatedDemo.OfAsync(Kstock.Data, RetrainSchedule.Monthly);
        Demo.AssertEqual(Demo.Golden, Demo.ResultOf(tally));
        Assert.Equal("passed", tally.LastDecision!.Gate);
    }

    [Fact]
    public void The_golden_result_has_months_with_a_promotion_and_without() =>
        Assert.InRange(Demo.Golden["promoted"]!.GetValue<long>(), 1, Demo.Golden["decisions"]!.GetValue<long>() - 1);
}
