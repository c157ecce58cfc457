namespace Kafka.Stock.Docs.Tests;

/// <summary>What a document tells its reader to type works: every command is run, or has a reason why it isn't.</summary>
public sealed class CommandTests(RunningDemo demo) : IClassFixture<RunningDemo>
{
    static readonly TimeSpan s_limit = TimeSpan.FromSeconds(60);

    public static TheoryData<string> Commands =>
        [.. DocumentCommand.All.Select(command => command.Text).Where(text => CommandRule.Of(text) is not { Way: CommandWay.NotAtAll })];

    [SkippableTheory]
    [MemberData(nameof(Commands))]
    public async Task A_command_of_a_document_works(string command)
    {
        var place = DocumentCommand.All.First(one => one.Text == command).Place;
        var rule = CommandRule.Of(command);
        Assert.True(rule is not null, $"{place}: found '{command}'; expected a command that CommandRule knows how to try");
        foreach (var tool in (string[])["kcat", "python3"])
            Skip.If(command.Contains(tool, StringComparison.Ordinal) && !IsInstalled(tool), $"{tool} isn't installed");
        using var limit = new CancellationTokenSource(s_limit);
        var untilStopped = rule.Way == CommandWay.UntilStopped;
        var line = WithAddress(command);
        using var shell = untilStopped ? new Shell("exec " + line, demo.Folder, "running; Ctrl-C stops") : new Shell(line, demo.Folder);
        if (untilStopped)
        {
            await shell.HeardAsync(limit.Token);
            shell.Interrupt();
        }

        var code = await shell.EndAsync(limit.Token);
        Assert.True(code == 0, $"{place}: '{command}' ended with {code}:\n{shell.Said}");
    }

    [Fact]
    public void Commands_are_found_in_the_documents() => Assert.InRange(Commands.Count, 10, 100);

    [Fact]
    public void Every_exception_is_one_of_a_command_that_stands_somewhere()
    {
        foreach (var rule in CommandRule.All.Where(rule => rule.Way == CommandWay.NotAtAll))
            Assert.Contains(DocumentCommand.All, command => CommandRule.Of(command.Text) == rule);
    }

    [Fact]
    public void Blocks_are_read_line_by_line_with_comments_left_out()
    {
        const string Text =
            """
            # Title
            ```sh
            # a comment
            ./kstock demo   # another
            ./kstock consume forecasts \
                --json
            ```
            ```console
            $ ./kstock --version
            0.1.0
            ```
            ```python
            print(1)
            ```
            """;
        Assert.Equal(
            ["x:4 ./kstock demo", "x:6 ./kstock consume forecasts --json", "x:9 ./kstock --version"],
            DocumentCommand.Of("x", Text).Select(command => $"{command.Place} {command.Text}"));
    }

    [Theory]
    [InlineData("mv a b")]
    [InlineData("./kstocks demo")]
    public void A_command_of_an_unknown_kind_fits_no_rule(string command) => Assert.Null(CommandRule.Of(command));

    string WithAddress(string command) =>
        command.Replace("HOST:PORT", demo.Address, StringComparison.Ordinal).Replace("HOST:9092", demo.Address, StringComparison.Ordinal);

    static bool IsInstalled(string tool) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, tool)));
}
