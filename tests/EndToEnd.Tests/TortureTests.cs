using System.Text.Json.Nodes;
using Kafka.Stock.EndToEnd.Tests.Support;

namespace Kafka.Stock.EndToEnd.Tests;

public sealed class TortureTests
{
    [Fact]
    public async Task Commits_of_killed_writers_are_there_once()
    {
        using var scratch = new Scratch();
        var lake = scratch.PathTo("lake");
        var ended = await Kstock.RunAsync("torture", "lake", "--path", lake, "--writers", "2", "--commits", "40", "--kills", "2", "--json");
        var report = JsonNode.Parse(ended.Expect(0).LastLine)!;
        Assert.Equal((80, 80), (report["commits_expected"]!.GetValue<int>(), report["commits_found"]!.GetValue<int>()));
        // The last one to be killed may have done all of its commits before its killer has read of them.
        Assert.InRange(report["kills"]!.GetValue<int>(), 1, 2);
        Assert.All((string[])["lost", "twice", "wrong"], name => Assert.Empty(report[name]!.AsArray()));
        (await Kstock.RunAsync("torture", "lake", "--path", lake)).Expect(3);
    }

    [Fact]
    public async Task Numbers_out_of_range_are_all_named()
    {
        var ended = (await Kstock.RunAsync("torture", "lake", "--writers", "0", "--kills", "-1")).Expect(2);
        Assert.Contains("--writers: found 0; expected 1 to 64", ended.Error, StringComparison.Ordinal);
        Assert.Contains("--kills: found -1; expected 0 to 1000", ended.Error, StringComparison.Ordinal);
    }
}
