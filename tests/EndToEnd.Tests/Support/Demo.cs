using System.Text.Json.Nodes;
using Kafka.Stock.Cli;

namespace Kafka.Stock.EndToEnd.Tests.Support;

/// <summary>Runs of the demo without pacing.</summary>
static class Demo
{
    /// <summary>The golden result: what the demo says of the bundled data, without seconds. It changes only on purpose.</summary>
    public static JsonObject Golden { get; } = Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Golden", "demo.json")));

    /// <summary>Runs it to its end and gives its result without seconds.</summary>
    public static async Task<JsonObject> RunAsync(params IEnumerable<string> arguments) =>
        ResultOf(await Kstock.RunAsync(["demo", "--fast", .. arguments]));

    /// <summary>The last line of a run that went well, without seconds.</summary>
    public static JsonObject ResultOf(Ended run) => WithoutSeconds(run.Expect(0).LastLine);

    /// <summary>What a demo would say of a tally, without seconds.</summary>
    public static JsonObject ResultOf(StreamTally tally) => WithoutSeconds(DemoResult.ToJson(tally, seconds: 1));

    /// <summary>Fails, with both, where two results differ.</summary>
    public static void AssertEqual(JsonNode? expected, JsonNode? found, string hint = "") => Assert.True(
        JsonNode.DeepEquals(expected, found), $"found {found?.ToJsonString()}; expected {expected?.ToJsonString()} {hint}");

    static JsonObject WithoutSeconds(string line)
    {
        var result = Parse(line);
        Assert.True(result["seconds"]!.GetValue<double>() > 0);
        result.Remove("seconds");
        return result;
    }

    static JsonObject Parse(string json) => JsonNode.Parse(json)!.AsObject();
}
