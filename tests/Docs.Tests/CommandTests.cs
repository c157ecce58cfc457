namespace Kafka.Stock.Docs.Tests;

/// <summary>What a document tells its reader to type works: every command is run, or has a reason why it isn't; those that need a demo
/// (<see cref="ServedCommandTests"/>) beside the others (<see cref="LoneCommandTests"/>).</summary>
public sealed class CommandTests
{
    [Fact]
    public void Commands_are_found_in_the_documents() => Assert.InRange(DocumentCommand.Tried.Count(), 10, 100);

    [Fact]
    public void The_head_of_a_pipe_is_run_with_the_pipe()
    {
        const string head = "./kstock demo --fast";
        Assert.Contains(DocumentCommand.All, command => command.Text == head);
        Assert.DoesNotContain(DocumentCommand.Tried, command => command.Text == head);
        Assert.Contains(DocumentCommand.Tried, command => command.Text == head + " | tail -1");
    }

    [Theory]
    [InlineData("./kstock demo", true)]
    [InlineData("./kstock consume bars --bootstrap HOST:PORT", true)]
    [InlineData("./kstock lake show gold.features", true)]
    [InlineData("./kstock lake sync --from-files data/demo --lake my-lake", false)]
    [InlineData("./kstock backtest", false)]
    public void What_needs_a_demo_is_known(string command, bool needsDemo) =>
        Assert.Equal(needsDemo, new DocumentCommand("x:1", command).NeedsDemo);

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
}
