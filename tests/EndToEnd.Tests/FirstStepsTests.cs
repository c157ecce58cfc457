using System.Text.RegularExpressions;
using Kafka.Stock.EndToEnd.Tests.Support;

namespace Kafka.Stock.EndToEnd.Tests;

/// <summary>What a newcomer types first.</summary>
[Collection(KeptDemoCollection.Name)]
public sealed partial class FirstStepsTests(KeptDemo demo)
{
    [Theory]
    [InlineData("--help", "kstock demo")]
    [InlineData("demo --help", "kstock demo --keep")]
    [InlineData("consume --help", "--bootstrap HOST:9092")]
    public async Task Help_has_an_example(string arguments, string example)
    {
        var help = (await Kstock.RunAsync(arguments.Split(' '))).Expect(0);
        Assert.Contains("Example", help.Output, StringComparison.Ordinal);
        Assert.Contains(example, help.Output, StringComparison.Ordinal);
        Assert.Equal("", help.Error);
    }

    [Fact]
    public async Task The_version_is_a_number() =>
        Assert.Matches(@"^\d+\.\d+\.\d+\n$", (await Kstock.RunAsync("--version")).Expect(0).Output);

    /// <summary>The commands under "Try next", as they are printed, with the placeholders filled in.</summary>
    [Fact]
    public async Task The_four_commands_to_try_next_work()
    {
        using var scratch = new Scratch();
        var file = scratch.Write("FILE.csv", "dt,open,high,low,close,volume\n2013-10-04,1,1,1,1,1\n");
        var printed = (await Kstock.RunAsync("demo", "--data", scratch.Folder)).Expect(0).Output;
        var commands = Command().Matches(printed).Select(match => match.Groups["command"].Value).ToArray();
        Assert.Equal(4, commands.Length);
        Assert.StartsWith("./kstock lake query \"", commands[0], StringComparison.Ordinal);
        using var other = new Scratch();
        var lake = other.PathTo("lake");
        (await Kstock.RunAsync("demo", "--data", scratch.Folder, "--lake", lake)).Expect(0);
        var counted = (await Kstock.RunAsync("lake", "query", commands[0].Split('"')[1], "--lake", lake, "--csv")).Expect(0).Output;
        Assert.Contains("FILE/1d/csv,1", counted, StringComparison.Ordinal);

        await using var kept = Kstock.Start([.. commands[1].Split(' ')[1..], "--data", scratch.Folder]);
        Assert.Contains("kstock consume forecasts --bootstrap ", await kept.ErrorLineAsync("serving at "), StringComparison.Ordinal);

        var port = demo.Bootstrap.Split(':')[1];
        var table = (await Kstock.RunAsync(commands[2].Replace("PORT", port, StringComparison.Ordinal).Split(' ')[1..])).Expect(0).Output;
        Assert.Equal(1 + 9_972, table.Count(c => c == '\n'));
        Assert.StartsWith("series ", table, StringComparison.Ordinal);

        foreach (var part in commands[3].Split(" && "))
        {
            var typed =
                part.Replace("FILE.csv", file, StringComparison.Ordinal).Replace("FOLDER", scratch.Folder, StringComparison.Ordinal);
            (await Kstock.RunAsync(typed.Split(' ')[1..])).Expect(0);
        }
    }

    [Fact]
    public async Task The_sample_prints_every_forecast()
    {
        var sample = Path.Combine(AppContext.BaseDirectory, "Kafka.Stock.ConsumeForecasts.dll");
        var ended = (await ChildProcess.RunAsync(Path.GetTempPath(), Kstock.Host, sample, demo.Bootstrap)).Expect(0);
        var lines = ended.Output.TrimEnd('\n').Split('\n');
        Assert.Equal(9_972, lines.Length);
        Assert.All(lines, line => Assert.Matches(SampleLine(), line));
    }

    [GeneratedRegex(@"^  (?<command>\./kstock .+?)(  +.*)?$",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1_000)]
    private static partial Regex Command();

    [GeneratedRegex(@"^[A-Z]+/1[dm]/(csv|iex) \d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ \d+\.\d{4} \[(\d+\.\d{4})?, (\d+\.\d{4})?\]$",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1_000)]
    private static partial Regex SampleLine();
}
