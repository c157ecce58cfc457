using System.Text;
using System.Text.Json.Nodes;
using Kafka.Stock.EndToEnd.Tests.Support;

namespace Kafka.Stock.EndToEnd.Tests;

/// <summary>Bad input as a user meets it: exit code, a line with file and line number, and never a stack trace.</summary>
public sealed class BadInputTests
{
    const string Header = "dt,open,high,low,close,volume\n";
    const string TradesHeader = "ts_ms_utc,symbol,price,size\n";

    [Theory]
    [InlineData("A.csv", "dt,open,high,low,close\n2013-10-04,1,1,1,1\n", ":1: found no column volume")]
    [InlineData("A.csv", "", ": found an empty file")]
    [InlineData("A B.csv", Header + "2013-10-04,1,1,1,1,1\n", ": found no symbol")]
    public async Task A_file_that_cannot_be_read_ends_the_demo_before_anything_runs(string name, string content, string said)
    {
        using var scratch = new Scratch();
        var path = scratch.Write(name, content);
        scratch.Write("Z.csv", Header + "2013-10-04,1,1,1,1,1\n");
        var ended = (await Kstock.RunAsync("demo", "--fast", "--data", scratch.Folder)).Expect(4);
        Assert.Contains($"kstock: {path}{said}", ended.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("broker at", ended.Error, StringComparison.Ordinal);
        Assert.Equal("", ended.Output);
    }

    [Fact]
    public async Task A_truncated_gz_is_named_with_the_line_that_was_reached()
    {
        const string name = "iex_ticks_2019-10-30.csv.gz";
        using var scratch = new Scratch();
        File.WriteAllBytes(scratch.PathTo(name), File.ReadAllBytes(Path.Combine(Kstock.Data, name))[..20_000]);
        var ended = (await Kstock.RunAsync("demo", "--fast", "--data", scratch.Folder)).Expect(4);
        Assert.Matches(@"csv\.gz:\d{3,}: found a gzip file that is truncated or damaged, after \d{3,} whole lines", ended.Error);
    }

    [SkippableFact]
    public async Task A_folder_that_may_not_be_read()
    {
        if (OperatingSystem.IsWindows()) return; // no such modes there
        if (Environment.IsPrivilegedProcess) ForeignTool.RequireSetpriv();
        using var scratch = new Scratch();
        var folder = Directory.CreateDirectory(scratch.PathTo("closed"));
        folder.UnixFileMode = UnixFileMode.None;
        var ended = (await Kstock.RunWithoutOverrideAsync("demo", "--fast", "--data", folder.FullName)).Expect(4);
        folder.UnixFileMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        Assert.Contains($"{folder.FullName}: found ", ended.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_without_data()
    {
        using var scratch = new Scratch();
        var ended = (await Kstock.RunAsync("run", scratch.Folder)).Expect(4);
        Assert.Contains($"{scratch.Folder}: found a folder without *.csv", ended.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lines_that_make_no_sense_are_dead_letters_and_the_rest_is_used()
    {
        using var scratch = new Scratch();
        scratch.Write("A.csv", [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(
            "Volume,Close,Low,High,Open,Adj Close,DATE\r\n1,1,1,1,1,9,2013-10-04\r\n1,1,1,1,1,9,2013-10-04\r\n1,1,1,1,1,9,2013-10-03\r\n"
            + "1,NaN,1,1,1,9,2013-10-07\r\n1,0,0,0,0,9,2013-10-07\r\n1,1,-1,1,1,9,2013-10-07\r\n3000000000,1,1,1,1,9,2013-10-08\r\n"
            + "1,1000000,1000000,1000000,1000000,9,2013-10-09\r\n")]);
        scratch.Write("iex_ticks_x.csv",
            $"{TradesHeader}1381104000000,A/B,1,1\n1381104000000,{new string('A', 300)},1,1\n1381104000000,A,1,1\n");
        string[] wrong = ["A.csv:3", "A.csv:4", "A.csv:5", "A.csv:6", "A.csv:7", "iex_ticks_x.csv:2", "iex_ticks_x.csv:3"];

        var told = (await Kstock.RunAsync("validate", scratch.Folder)).Expect(4);
        foreach (var place in wrong) Assert.Contains($"{scratch.PathTo(place)}: found ", told.Output, StringComparison.Ordinal);

        var result = await Demo.RunAsync("--data", scratch.Folder);
        Assert.Equal(wrong.Length, result["dead_letters"]!.GetValue<int>());
        Assert.Equal("""{"1d":3,"1m":1}""", result["bars"]!.ToJsonString());
    }

    /// <summary>Prices that leap a millionfold and come back: nothing that isn't finite is ever published.</summary>
    [Fact]
    public async Task A_price_jump_of_a_million_publishes_nothing_that_is_not_finite()
    {
        using var scratch = new Scratch();
        scratch.Write("A.csv",
            Header + string.Concat(File.ReadLines(Path.Combine(Kstock.Data, "AAPL.csv")).Skip(1).Take(150).Select(Jump)));
        await using var demo = await KeptDemo.OfAsync(scratch.Folder);
        foreach (var topic in (string[])["bars", "micro-batches", "forecasts", "scores"])
        {
            var lines = (await demo.ConsumeAsync(topic, "--json")).Expect(0).Output.TrimEnd('\n').Split('\n');
            Assert.Equal(topic switch { "bars" => 150, "scores" => 89, _ => 90 }, lines.Length);
            Assert.All(lines, line => Assert.True(IsFinite(JsonNode.Parse(line)!), line));
        }

        Assert.Equal(0, demo.Result["dead_letters"]!.GetValue<int>());

        static string Jump(string line, int index)
        {
            var fields = line.Split(',');
            if (index is >= 100 and < 103)
                for (var i = 1; i <= 4; i++) fields[i] += "e6";
            return string.Join(',', fields) + "\n";
        }
    }

    [Fact]
    public async Task Wrong_options_are_listed_all_at_once()
    {
        var ended = (await Kstock.RunAsync(
            "demo", "--partitions", "0", "--seed", "x", "--levels", "2",
            "--loss", "foo", "--bogus", "--data", "/nowhere/at/all")).Expect(2);
        foreach (var part in (string[])[
            "--partitions: found 0", "--seed: found x", "--levels: found 2", "--loss: found foo", "--bogus", "/nowhere/at/all"])
            Assert.Contains(part, ended.Error, StringComparison.Ordinal);
        Assert.Contains("kstock: see 'kstock demo --help'", ended.Error, StringComparison.Ordinal);
        Assert.Equal("", ended.Output);
    }

    [Theory]
    [InlineData("ingest", "path", "--bootstrap")]
    [InlineData("topology", "--bootstrap", "HOST:PORT")]
    [InlineData("consume", "topic", "--bootstrap")]
    [InlineData("topics list", "--bootstrap", "HOST:PORT")]
    public async Task What_is_missing_is_said(string verb, string one, string other)
    {
        var ended = (await Kstock.RunAsync(verb.Split(' '))).Expect(2);
        Assert.Contains(one, ended.Error, StringComparison.Ordinal);
        Assert.Contains(other, ended.Error, StringComparison.Ordinal);
        Assert.Contains($"see 'kstock {verb} --help'", ended.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_broker_that_is_not_there_is_named()
    {
        var ended = (await Kstock.RunAsync("topics", "list", "--bootstrap", "127.0.0.1:1")).Expect(1);
        Assert.Contains("127.0.0.1:1", ended.Error, StringComparison.Ordinal);
    }

    static bool IsFinite(JsonNode node) => node switch
    {
        JsonObject fields => fields.All(field => field.Value is null || IsFinite(field.Value)),
        JsonArray items => items.All(item => item is null || IsFinite(item)),
        _ => node.ToJsonString() is not ("\"NaN\"" or "\"Infinity\"" or "\"-Infinity\""),
    };
}
