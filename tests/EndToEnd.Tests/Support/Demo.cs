using System.Text.Json.Nodes;

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
    public static JsonObject ResultOf(Ended run)
    {
        var result = Parse(run.Expect(0).LastLine);
        Assert.True(result["seconds"]!.GetValue<double>() > 0);
        result.Remove("seconds");
        return result;
    }

    static JsonObject Parse(string json) => JsonNode.Parse(json)!.AsObject();
}
