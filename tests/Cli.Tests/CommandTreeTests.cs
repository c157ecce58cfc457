using System.CommandLine;
using System.Diagnostics;

namespace Kafka.Stock.Cli.Tests;

/// <summary>One after the other with all that writes to standard error.</summary>
[Collection(nameof(InvocationTests))]
public sealed class CommandTreeTests
{
    public static TheoryData<string> Verbs => [.. Paths(CommandTree.Build(), "")];

    [Theory]
    [MemberData(nameof(Verbs))]
    public async Task Help_of_every_verb_has_an_example_and_ends_well(string verb)
    {
        using var output = new StringWriter();
        var parse = CommandTree.Build().Parse([.. Words(verb), "--help"]);
        Assert.Equal(ExitCode.Done, await parse.InvokeAsync(new InvocationConfiguration { Output = output }));
        Assert.Contains("Example", output.ToString(), StringComparison.Ordinal);
        Assert.Contains($"kstock {verb}".TrimEnd(), output.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Verbs))]
    public async Task A_flag_that_no_verb_has_is_wrong_usage(string verb) =>
        Assert.Equal(ExitCode.Usage, await CommandTree.Build().InvokeWithHouseRulesAsync([.. Words(verb), "--no-such-flag"]));

    [Theory]
    [InlineData("demo --f", "--fast", null)]
    [InlineData("", "demo", "topology")]
    [InlineData("dem", "demo", null)]
    [InlineData("consume fore", "forecasts", null)]
    [InlineData("topics ", "create", "describe")]
    public async Task Completion_offers_what_the_tree_has(string typed, string one, string? other)
    {
        using var output = new StringWriter { NewLine = "\n" };
        var line = "kstock " + typed;
        await CommandTree.Build().Parse([$"[suggest:{line.Length}]", line]).InvokeAsync(new InvocationConfiguration { Output = output });
        var offered = output.ToString().Split('\n');
        Assert.Contains(one, offered);
        if (other is not null) Assert.Contains(other, offered);
    }

    [SkippableTheory]
    [InlineData("bash")]
    [InlineData("zsh")]
    public void A_completion_script_is_one_that_its_shell_reads(string shell)
    {
        Skip.IfNot(File.Exists("/bin/" + shell) || File.Exists("/usr/bin/" + shell), shell + " isn't installed");
        var start = new ProcessStartInfo(shell, ["-n"])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        process.StandardInput.Write(CompletionVerb.Script(shell));
        process.StandardInput.Close();
        var error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.Equal((0, ""), (process.ExitCode, error));
    }

    static IEnumerable<string> Paths(Command command, string path)
    {
        yield return path;
        foreach (var below in command.Subcommands)
        {
            foreach (var one in Paths(below, $"{path} {below.Name}".Trim())) yield return one;
        }
    }

    static string[] Words(string path) => path.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
