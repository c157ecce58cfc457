using System.Text.Json.Nodes;
using Kafka.Stock.EndToEnd.Tests.Support;

namespace Kafka.Stock.EndToEnd.Tests;

/// <summary><c>kstock lake</c> as a user runs it.</summary>
public sealed class LakeTests : IDisposable
{
    readonly Scratch _scratch = new();

    LakeRun Lake => new(_scratch.PathTo("lake"));

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public async Task Files_come_in_once_and_only_what_is_new_is_folded()
    {
        _scratch.Write("AAA.csv", Daily(1, 90));
        // A watermark ends each file.
        Assert.Contains("91 rows", (await RunAsync("sync", "--from-files", _scratch.Folder)).Expect(0).Output, StringComparison.Ordinal);
        Assert.Contains("full: 91 records", (await RunAsync("rebuild")).Expect(0).Output, StringComparison.Ordinal);
        Assert.Contains(" 0 rows", (await RunAsync("sync", "--from-files", _scratch.Folder)).Expect(0).Output, StringComparison.Ordinal);

        _scratch.Write("BBB.csv", Daily(2, 70));
        Assert.Contains("71 rows", (await RunAsync("sync", "--from-files", _scratch.Folder)).Expect(0).Output, StringComparison.Ordinal);
        Assert.Contains("incremental: 71 records", (await RunAsync("rebuild")).Expect(0).Output, StringComparison.Ordinal);
        Assert.Equal([("AAA/1d/csv", 90), ("BBB/1d/csv", 70)], await Lake.RowsAsync());

        var shown = JsonNode.Parse((await RunAsync("show", "gold.features", "--json")).Expect(0).Output)!;
        Assert.Equal(160, shown["num_rows"]!.GetValue<int>());
        Assert.Equal(["interval", "year"], shown["partition_columns"]!.AsArray().Select(one => one!.GetValue<string>()));
        var earlier = JsonNode.Parse((await RunAsync("show", "gold.features", "--json", "--version", "1")).Expect(0).Output)!;
        Assert.Equal(90, earlier["num_rows"]!.GetValue<int>());
        Assert.Contains("numOutputRows", (await RunAsync("history", "gold/features", "--json")).Expect(0).Output, StringComparison.Ordinal);
        Assert.Contains("4 files packed into 2", (await RunAsync("optimize", "bronze.market")).Expect(0).Output, StringComparison.Ordinal);
        Assert.Contains("0 files", (await RunAsync("vacuum", "bronze.market", "--dry-run")).Expect(0).Output, StringComparison.Ordinal);
        Assert.Contains("full: 162 records", (await RunAsync("rebuild", "--full")).Expect(0).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_check_that_fails_ends_with_3_and_names_the_row()
    {
        _scratch.Write("AAA.csv", Daily(1, 10) + "2020-07-01,100,100,100,100,20000000000\n");
        (await RunAsync("sync", "--from-files", _scratch.Folder)).Expect(0);
        (await RunAsync("rebuild")).Expect(0);
        var failed = (await RunAsync("check")).Expect(3);
        Assert.Contains("AAA/1d/csv,2020-07-01T20:00:00Z,max_volume,", failed.Output, StringComparison.Ordinal);
        Assert.Contains("files[0]@10", failed.Error, StringComparison.Ordinal);
        var json = JsonNode.Parse((await RunAsync("check", "--json")).Expect(3).Output)!;
        Assert.False(json["passed"]!.GetValue<bool>());
        var rows = _scratch.Write("rows.txt", "AAA/1d/csv,2020-07-01T20:00:00Z,max_volume,checked by hand\n");
        (await RunAsync("check", "--acknowledged", rows)).Expect(0);
    }

    [Theory]
    [InlineData("create table gold.x (a int)", 3)]
    [InlineData("copy (select 1) to '/tmp/kstock-never.csv'", 3)]
    [InlineData("select * from read_csv('/etc/passwd')", 3)]
    [InlineData("select 1; select 2", 3)]
    [InlineData("select 1 +", 2)]
    [InlineData("select * from gold.nothing", 2)]
    public async Task A_query_only_reads_and_only_the_lake(string sql, int exitCode)
    {
        var ended = (await RunAsync("query", sql)).Expect(exitCode);
        Assert.False(File.Exists("/tmp/kstock-never.csv"));
        Assert.StartsWith("kstock: ", ended.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("show", "gold.features", 4)]
    [InlineData("rebuild", "", 3)]
    [InlineData("check", "", 3)]
    [InlineData("sync", "", 2)]
    public async Task Without_a_table_it_says_so(string verb, string argument, int exitCode) =>
        (await RunAsync([verb, .. argument.Length > 0 ? [argument] : Array.Empty<string>()])).Expect(exitCode);

    Task<Ended> RunAsync(params IEnumerable<string> arguments) => Lake.RunAsync(arguments);

    /// <summary>Sessions of 2020 from January on; the last day of the file's plain rows is before July.</summary>
    static string Daily(int seed, int count)
    {
        var lines = new List<string> { "dt,open,high,low,close,volume" };
        var session = Calendars.UsEquitiesCalendar.Instance.NextSession(new DateOnly(2020, 1, 1));
        for (var i = 0; i < count; i++, session = Calendars.UsEquitiesCalendar.Instance.NextSession(session.Day))
        {
            var prices = FormattableString.Invariant($"{100 + seed},{101 + seed},99,{100 + seed + (i % 2)}");
            lines.Add(FormattableString.Invariant($"{session.Day:yyyy-MM-dd},{prices},{1_000 + i}"));
        }

        return string.Join('\n', lines) + "\n";
    }
}
