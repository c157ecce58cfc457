using System.Text.Json.Nodes;
using Kafka.Stock.BatchJob;
using Kafka.Stock.EndToEnd.Tests.Support;
using Kafka.Stock.TestKit;

namespace Kafka.Stock.EndToEnd.Tests;

/// <summary>Every table of a lake through every verb, on disk and on S3, from the topics of a running broker.</summary>
public sealed class WholeLakeTests(WholeDemo demo, RadosGateway gateway, ClickHouseFixture clickHouse)
    : IClassFixture<WholeDemo>, IClassFixture<RadosGateway>, IClassFixture<ClickHouseFixture>
{
    const string Gold = "select * from gold.features order by series, \"end\"";

    [SkippableFact]
    public async Task On_disk_each_verb_works_and_each_table_has_the_same_rows_in_ClickHouse()
    {
        using var scratch = new Scratch();
        using var lake = new PlacedLake(scratch.PathTo("lake"), endpoint: null);
        await LiveAsync(lake);
    }

    [SkippableFact]
    public async Task On_S3_each_verb_works_and_each_table_has_the_same_rows_in_ClickHouse()
    {
        using var lake = PlacedLake.OnS3(gateway);
        await LiveAsync(lake);
    }

    [SkippableFact]
    public async Task On_S3_files_come_in_once_and_are_simulated_as_the_files_themselves()
    {
        using var lake = PlacedLake.OnS3(gateway);
        var first = await lake.DoneAsync("sync", "--from-files", demo.Data);
        Assert.DoesNotContain(" 0 rows", first, StringComparison.Ordinal);
        Assert.Contains(": 0 rows", await lake.DoneAsync("sync", "--from-files", demo.Data), StringComparison.Ordinal);
        Assert.StartsWith("full: ", await lake.DoneAsync("rebuild"), StringComparison.Ordinal);
        await SimulatesAsFilesAsync(lake);
    }

    /// <summary>A life of the lake, and at its end a look by somebody else.</summary>
    async Task LiveAsync(PlacedLake lake)
    {
        string[] sync = ["sync", "--bootstrap", demo.Bootstrap, "--lake-commit-rows", "3000"];
        var synced = Lines(await lake.DoneAsync(sync));
        Assert.Equal(LakeTables.Synced.Select(one => one.Path), synced.Select(line => line.Split(':')[0]));
        Assert.All(synced, line => Assert.False(line.EndsWith(": 0 rows", StringComparison.Ordinal), line));
        Assert.StartsWith("full: ", await lake.DoneAsync("rebuild"), StringComparison.Ordinal);
        await lake.DoneAsync("check");
        Assert.StartsWith("no new rows since pass 1", await lake.DoneAsync("check"), StringComparison.Ordinal);

        // First models are promoted whatever came before: promotions on the topic, and rows of models.versions.
        string[] train = ["batch", "train", "--bootstrap", demo.Bootstrap, "--models", lake.PathTo("models"), .. lake.Flags];
        (await Kstock.RunAsync(train)).Expect(0);
        var more = Lines(await lake.DoneAsync(sync));
        Assert.NotEqual("bronze/micro_batches: 0 rows", more.Single(line => line.Contains("micro", StringComparison.Ordinal)));
        Assert.Equal("bronze/market: 0 rows", more.Single(line => line.Contains("market", StringComparison.Ordinal)));
        Assert.StartsWith("incremental: 0 records ", await lake.DoneAsync("rebuild"), StringComparison.Ordinal);
        Assert.Contains(" 0 differences, 0 rows missing", await lake.DoneAsync("skew"), StringComparison.Ordinal);

        var gold = await lake.DoneAsync("query", Gold, "--csv");
        await KeepAsync(lake);
        Assert.StartsWith("full: ", await lake.DoneAsync("rebuild", "--full"), StringComparison.Ordinal);
        Assert.Equal(gold, await lake.DoneAsync("query", Gold, "--csv"));
        await SimulatesAsFilesAsync(lake);

        var reader = clickHouse.Get();
        foreach (var path in LakeTables.Paths)
            Assert.True(await lake.SameRowsAsync(reader, path) > 0, $"{path} is empty, so nothing was compared");
    }

    /// <summary>What a table's keeper does: the rows stay what they are.</summary>
    static async Task KeepAsync(PlacedLake lake)
    {
        const string Micro = "bronze.micro_batches";
        foreach (var table in LakeTables.Paths.Select(path => path.Replace('/', '.')))
        {
            var shown = await ShowAsync(lake, table);
            var counted = JsonNode.Parse(await lake.DoneAsync("query", $"select count(*) as rows from {table}", "--json"))!;
            Assert.Equal(counted["rows"]!.GetValue<long>(), shown["num_rows"]!.GetValue<long>());
        }

        var before = await ShowAsync(lake, Micro);
        Assert.Contains("files packed into ", await lake.DoneAsync("optimize", Micro), StringComparison.Ordinal);
        var after = await ShowAsync(lake, Micro);
        Assert.Equal(before["num_rows"]!.GetValue<long>(), after["num_rows"]!.GetValue<long>());
        Assert.True(after["num_active_files"]!.GetValue<long>() < before["num_active_files"]!.GetValue<long>());
        var newest = JsonNode.Parse(Lines(await lake.DoneAsync("history", Micro, "--json"))[0])!;
        Assert.Equal(after["version"]!.GetValue<long>(), newest["version"]!.GetValue<long>());
        Assert.Equal("OPTIMIZE", newest["operation"]!.GetValue<string>());
        var version = before["version"]!.GetValue<long>();
        Assert.Equal(
            before.ToJsonString(), (await ShowAsync(lake, Micro, "--version", FormattableString.Invariant($"{version}"))).ToJsonString());
        Assert.StartsWith("0 files", await lake.DoneAsync("vacuum", Micro, "--dry-run"), StringComparison.Ordinal);
        Assert.StartsWith("0 files", await lake.DoneAsync("vacuum", Micro), StringComparison.Ordinal);
    }

    /// <summary>Partitions of a topic come together as the files did.</summary>
    async Task SimulatesAsFilesAsync(PlacedLake lake)
    {
        var forecasts = lake.PathTo("forecasts.out");
        (await Kstock.RunAsync(["backtest", "--from-lake", lake.Path, .. lake.Flags.Skip(2), "--forecasts", forecasts])).Expect(0);
        var ofFiles = await demo.ForecastsAsync();
        Assert.True(ofFiles.Length > 1_000_000);
        Assert.Equal(ofFiles, await File.ReadAllBytesAsync(forecasts));
    }

    static async Task<JsonNode> ShowAsync(PlacedLake lake, string table, params IEnumerable<string> more) =>
        JsonNode.Parse(await lake.DoneAsync(["show", table, "--json", .. more]))!;

    static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
