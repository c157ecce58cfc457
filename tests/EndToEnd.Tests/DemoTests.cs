using System.Text.Json.Nodes;
using Kafka.Stock.BatchJob;
using Kafka.Stock.EndToEnd.Tests.Support;

namespace Kafka.Stock.EndToEnd.Tests;

public sealed class DemoTests
{
    [Theory]
    [InlineData("24")]
    [InlineData("1")]
    [InlineData("7")]
    public async Task The_result_is_the_golden_one_whatever_the_partitions(string partitions) =>
        AssertGolden(await Demo.RunAsync("--partitions", partitions));

    [Fact]
    public async Task Another_seed_gives_other_forecasts_of_the_same_counts()
    {
        var result = await Demo.RunAsync("--seed", "2");
        Assert.NotEqual(Demo.Golden["forecasts_sha256"]!.GetValue<string>(), result["forecasts_sha256"]!.GetValue<string>());
        foreach (var name in (string[])["ticks", "bars", "micro_batches", "forecasts", "scores", "dead_letters"])
            Assert.True(JsonNode.DeepEquals(Demo.Golden[name], result[name]), $"{name}: found {result[name]}");
    }

    /// <summary>The live way, with its waits at month ends, and plain composition: two ways to the same bytes.</summary>
    [Fact]
    public async Task A_simulation_of_the_same_files_gives_the_same_forecasts_and_decisions()
    {
        var tally = await SimulatedDemo.OfAsync(Kstock.Data, RetrainSchedule.Monthly);
        Assert.Equal(Demo.Golden["forecasts_sha256"]!.GetValue<string>(), tally.ForecastsSha256());
        Assert.Equal(Demo.Golden["decisions_sha256"]!.GetValue<string>(), tally.DecisionsSha256());
        Assert.Equal("passed", tally.LastDecision!.Gate);
        Assert.Equal(
            (Demo.Golden["decisions"]!.GetValue<long>(), Demo.Golden["promoted"]!.GetValue<long>()), (tally.Decisions, tally.Promoted));
        Assert.InRange(tally.Promoted, 1, tally.Decisions - 1);
    }

    static void AssertGolden(JsonObject result) => Assert.True(
        JsonNode.DeepEquals(Demo.Golden, result),
        $"found {result.ToJsonString()}; expected {Demo.Golden.ToJsonString()}: if the change is meant, it goes into Golden/demo.json");
}
