using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Kafka.Stock.EndToEnd.Tests.Support;

namespace Kafka.Stock.EndToEnd.Tests;

/// <summary>Ctrl-C, and a request to end, at several moments: a clean stop within seconds, and nothing left behind.</summary>
public sealed class InterruptTests
{
    static readonly TimeSpan s_soon = TimeSpan.FromSeconds(20);

    [SkippableFact]
    public async Task While_the_files_are_still_being_counted()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "what files a process has open is asked of /proc");
        using var scratch = new Scratch();
        var path = scratch.Write("A.csv", ManyMinutes());
        await using var demo = Kstock.Start("demo", "--fast", "--data", scratch.Folder);
        await OpensAsync(demo.Id, path);
        await AssertStopsAsync(demo, "INT", 1, "stopped before it was done");
    }

    [Fact]
    public async Task As_soon_as_the_broker_is_up()
    {
        await using var demo = Kstock.Start("demo", "--fast");
        await demo.ErrorLineAsync("broker at ");
        await AssertStopsAsync(demo, "INT", 1, "stopped before it was done");
    }

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task In_the_middle_of_a_day(string signal)
    {
        await using var run = Kstock.Start("run", Path.Combine(Kstock.Data, "iex_ticks_2019-10-30.csv.gz"), "--speed", "600");
        await run.ErrorLineAsync(" rows/s, left ");
        if (OperatingSystem.IsLinux()) Assert.Equal("", ChildrenOf(run.Id));
        await AssertStopsAsync(run, signal, 1, "stopped before it was done");
    }

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task While_it_serves_that_is_the_usual_end(string signal)
    {
        using var scratch = new Scratch();
        scratch.Write("A.csv", "dt,open,high,low,close,volume\n2013-10-04,1,1,1,1,1\n");
        await using var demo = Kstock.Start("demo", "--fast", "--keep", "--data", scratch.Folder);
        await demo.ErrorLineAsync("serving at ");
        await AssertStopsAsync(demo, signal, 0, "serving at ");
    }

    [SkippableTheory]
    [InlineData("MASE", 1)]
    [InlineData("serving at", 0)]
    public async Task On_a_terminal_the_cursor_comes_back(string text, int exitCode)
    {
        ForeignTool.RequirePython();
        using var scratch = new Scratch();
        scratch.Write("A.csv", "dt,open,high,low,close,volume\n2013-10-04,1,1,1,1,1\n");
        string[] arguments = exitCode == 0 ? ["demo", "--fast", "--keep", "--data", scratch.Folder] : ["demo"];
        var told = JsonNode.Parse(await ForeignTool.PythonAsync(
            "interrupt_on_terminal.py", [text, Kstock.Host, Path.Combine(AppContext.BaseDirectory, "kstock.dll"), .. arguments]))!;
        Assert.True(told["seen"]!.GetValue<bool>(), told.ToJsonString());
        Assert.Equal(exitCode, told["exit_code"]!.GetValue<int>());
        Assert.Equal("shown", told["cursor"]!.GetValue<string>());
        Assert.True(told["same_settings"]!.GetValue<bool>());
        Assert.DoesNotContain("   at ", told["output_tail"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    static async Task AssertStopsAsync(ChildProcess process, string signal, int exitCode, string said)
    {
        var since = TimeProvider.System.GetTimestamp();
        process.Signal(signal);
        var ended = (await process.EndAsync()).Expect(exitCode);
        Assert.InRange(TimeProvider.System.GetElapsedTime(since), TimeSpan.Zero, s_soon);
        Assert.Contains(said, ended.Error, StringComparison.Ordinal);
    }

    /// <summary>Waits until a process has a file open.</summary>
    static async Task OpensAsync(int process, string path)
    {
        using var limit = new CancellationTokenSource(ChildProcess.Limit);
        using var looks = new PeriodicTimer(TimeSpan.FromMilliseconds(2));
        while (!Directory.EnumerateFiles($"/proc/{process}/fd").Any(link => new FileInfo(link).LinkTarget == path))
            await looks.WaitForNextTickAsync(limit.Token);
    }

    static string ChildrenOf(int process) => string.Concat(
        Directory.EnumerateDirectories($"/proc/{process}/task")
            .Select(task => Path.Combine(task, "children")).Where(File.Exists).Select(File.ReadAllText));

    /// <summary>So many bars that counting them takes a good while.</summary>
    static string ManyMinutes()
    {
        const long firstMs = 1_381_104_000_000;
        var text = new StringBuilder("ts_ms_utc,open,high,low,close,volume\n");
        for (var i = 0L; i < 800_000; i++) text.Append(CultureInfo.InvariantCulture, $"{firstMs + (i * 60_000)},1,1,1,1,1\n");
        return text.ToString();
    }
}
