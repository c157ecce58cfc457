using System.Text.Json.Nodes;
using Kafka.Stock.TestKit;

namespace Kafka.Stock.Contracts.Tests;

/// <summary>The public cases of <c>conformance/avro</c>, all of apache/avro.</summary>
static class Conformance
{
    public static JsonArray Cases(string file) =>
        JsonNode.Parse(File.ReadAllText(SharedFiles.PathTo($"conformance/avro/{file}")))!.AsArray();

    /// <summary>Runs every case of a file, and says at the end which of them failed.</summary>
    public static int Each(string file, Action<JsonNode> check)
    {
        var failures = new List<string>();
        var cases = Cases(file);
        foreach (var item in cases)
        {
            try
            {
                check(item!);
            }
            catch (Exception e)
            {
                failures.Add($"{item!["id"]}: {e.Message}");
            }
        }

        Assert.True(failures.Count == 0, $"{file}: {failures.Count} of {cases.Count} failed\n{string.Join('\n', failures)}");
        return cases.Count;
    }
}
