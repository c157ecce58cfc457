using System.Text.Json.Nodes;

namespace Kafka.Stock.EndToEnd.Tests.Support;

/// <summary><c>kstock lake</c> on one lake.</summary>
sealed class LakeRun(string folder)
{
    /// <summary>The query that a demo proposes.</summary>
    public const string CountOfSeries = "select series, count(*) from gold.features group by 1 order by 1";

    public Task<Ended> RunAsync(params IEnumerable<string> arguments) => Kstock.RunAsync(["lake", .. arguments, "--lake", folder]);

    /// <summary>Rows of gold by series.</summary>
    public async Task<List<(string Series, long Rows)>> RowsAsync() =>
        [.. (await RunAsync("query", CountOfSeries.Replace("count(*)", "count(*) as rows", StringComparison.Ordinal), "--json"))
            .Expect(0).Output.Trim().Split('\n').Select(line => JsonNode.Parse(line)!)
            .Select(row => (row["series"]!.GetValue<string>(), row["rows"]!.GetValue<long>()))];
}
