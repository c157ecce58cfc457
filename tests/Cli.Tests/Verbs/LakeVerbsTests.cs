using System.Globalization;
using System.Text.Json.Nodes;

namespace Kafka.Stock.Cli.Tests;

[Collection(nameof(InvocationTests))]
public sealed class LakeVerbsTests(SampleLake lake) : IClassFixture<SampleLake>
{
    [Fact]
    public void A_sync_and_a_rebuild_say_how_many_rows_they_wrote()
    {
        Assert.Contains("200", lake.Said, StringComparison.Ordinal);
        Assert.Contains("gold.features 200 rows at version ", lake.Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_query_gives_the_same_rows_as_JSON_CSV_and_table()
    {
        const string Sql = """select symbol, close, "end" from silver.bars order by "end" limit 3;""";
        var json = Lines(await lake.DoneAsync("query", Sql, "--json")).Select(line => JsonNode.Parse(line)!).ToList();
        var csv = Lines(await lake.DoneAsync("query", Sql, "--csv"));
        var table = Lines(await lake.DoneAsync("query", Sql));
        Assert.Equal("symbol,close,end", csv[0]);
        Assert.Equal(["symbol", "close", "end"], table[0].Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal((3, 4, 5), (json.Count, csv.Length, table.Length));
        for (var i = 0; i < json.Count; i++)
        {
            var cells = csv[i + 1].Split(',');
            Assert.Equal("AAPL", cells[0]);
            Assert.Equal(decimal.Parse(cells[1], CultureInfo.InvariantCulture), json[i]["close"]!.GetValue<decimal>());
            Assert.StartsWith($"AAPL    {cells[1]}", table[i + 2], StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_query_without_rows_still_names_its_columns()
    {
        const string Sql = "select symbol, close from silver.bars where symbol = 'NOBODY'";
        Assert.Equal("symbol,close\n", await lake.DoneAsync("query", Sql, "--csv"));
        Assert.Equal("symbol  close\n", await lake.DoneAsync("query", Sql));
        Assert.Equal("", await lake.DoneAsync("query", Sql, "--json"));
    }

    [Theory]
    [InlineData("selec 1")]
    [InlineData("select no_such_column from silver.bars")]
    [InlineData("select * from silver.no_such_table")]
    [InlineData("drop table silver.bars")]
    [InlineData("create table t as select 1")]
    [InlineData("copy (select 1) to 'out.csv'")]
    [InlineData("select * from read_text('/etc/hostname')")]
    [InlineData("attach 'other.db'")]
    [InlineData("set memory_limit = '1GB'")]
    public async Task A_statement_that_is_wrong_or_does_more_than_read_the_lake_is_refused(string sql)
    {
        var (code, output, error) = await lake.RunAsync("query", sql);
        Assert.True(code is ExitCode.Usage or ExitCode.Refused, $"ended with {code}:\n{output}{error}");
        Assert.Equal("", output);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("silver.bars")]
    [InlineData("silver/bars")]
    [InlineData("gold.features")]
    public async Task A_table_is_shown_by_either_form_of_its_name(string table)
    {
        var shown = JsonNode.Parse(await lake.DoneAsync("show", table, "--json"))!;
        var text = Lines(await lake.DoneAsync("show", table));
        var names = shown["schema"]!["fields"]!.AsArray().Select(field => field!["name"]!.GetValue<string>()).ToList();
        Assert.Equal($"version    {shown["version"]}", text[1]);
        Assert.Equal($"rows       {shown["num_rows"]}", text[2]);
        Assert.Equal($"partition  {string.Join(", ", shown["partition_columns"]!.AsArray())}", text[4]);
        Assert.Equal(names, text[5..].Select(line => line.Trim().Split(' ')[0]));
    }

    [Fact]
    public async Task A_table_can_be_shown_as_it_was()
    {
        var history = Lines(await lake.DoneAsync("history", "silver.bars", "--json")).Select(line => JsonNode.Parse(line)!).ToList();
        var versions = history.Select(entry => entry["version"]!.GetValue<long>()).ToList();
        Assert.Equal(versions.OrderDescending(), versions);
        Assert.Equal(0, versions[^1]);
        Assert.Equal(history.Count, Lines(await lake.DoneAsync("history", "silver.bars")).Length);

        var newest = JsonNode.Parse(await lake.DoneAsync("show", "silver.bars", "--json"))!;
        Assert.Equal(versions[0], newest["version"]!.GetValue<long>());
        var time = history[0]["timestamp"]!.GetValue<string>();
        Assert.Equal(
            await lake.DoneAsync("show", "silver.bars", "--json"),
            await lake.DoneAsync("show", "silver.bars", "--json", "--timestamp", time));
        var first = JsonNode.Parse(await lake.DoneAsync("show", "silver.bars", "--json", "--version", "0"))!;
        Assert.True(first["num_rows"]!.GetValue<long>() <= newest["num_rows"]!.GetValue<long>());
    }

    [Theory]
    [InlineData("--version", "999")]
    [InlineData("--timestamp", "1999-01-01 00:00:00")]
    public async Task A_version_that_never_was_is_no_stack_trace(string flag, string value)
    {
        var (code, output, error) = await lake.RunAsync("show", "silver.bars", flag, value);
        Assert.True(code is ExitCode.Usage or ExitCode.Refused or ExitCode.BrokenInput, $"ended with {code}:\n{error}");
        Assert.Equal("", output);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_sync_and_rebuild_of_the_same_files_commit_nothing()
    {
        var before = await lake.DoneAsync("show", "gold.features", "--json");
        await lake.DoneAsync("rebuild");
        await lake.DoneAsync("rebuild", "--full");
        Assert.Equal(before, await lake.DoneAsync("show", "gold.features", "--json"));
    }

    [Fact]
    public async Task Upkeep_of_a_table_of_one_file_has_nothing_to_do()
    {
        Assert.Equal("nothing to pack\n", await lake.DoneAsync("optimize", "silver.bars"));
        Assert.Equal("0 files, 0 bytes would be deleted\n", await lake.DoneAsync("vacuum", "silver.bars", "--dry-run"));
        Assert.Equal("0 files, 0 bytes deleted\n", await lake.DoneAsync("vacuum", "silver.bars"));
    }

    [Fact]
    public async Task A_check_passes_once_and_then_has_nothing_new()
    {
        using var lakeOfItsOwn = new Scratch();
        Copy(lake.Path, lakeOfItsOwn.Path);
        string[] check = ["lake", "check", "--json", "--lake", lakeOfItsOwn.Path];
        var report = JsonNode.Parse(await CommandLine.DoneAsync(check))!;
        Assert.True(report["passed"]!.GetValue<bool>());
        Assert.NotEmpty(report["checks"]!.AsArray());
        var again = JsonNode.Parse(await CommandLine.DoneAsync(check))!;
        Assert.True(again["passed"]!.GetValue<bool>());
        Assert.Empty(again["checks"]!.AsArray());
        Assert.StartsWith("no new rows since pass ", await CommandLine.DoneAsync([.. check.Except(["--json"])]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_check_that_there_is_not_is_named_beside_those_there_are()
    {
        var (code, _, error) = await lake.RunAsync("check", "--fail-on", "no-such-check");
        Assert.Equal(ExitCode.Usage, code);
        Assert.Contains("check 'no-such-check' (", error, StringComparison.Ordinal);
    }

    static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }
}
