using System.CommandLine;
using Kafka.Stock.Contracts;

namespace Kafka.Stock.Cli.Tests;

/// <summary>Exit codes and what is said: run one after the other, because standard error is one for all.</summary>
[Collection(nameof(InvocationTests))]
public sealed class InvocationTests
{
    [Fact]
    public async Task Errors_have_the_exit_codes_of_the_house_and_no_stack_trace()
    {
        await Told(ExitCode.Usage, new ConfigurationException("--x", "this", "that"), "kstock: --x: found this; expected that\n");
        await Told(ExitCode.Refused, new RefusedException("gate", "this", "that"), "kstock: gate: found this; expected that\n");
        await Told(
            ExitCode.BrokenInput, new BrokenInputException("a.csv:3", "this", "that"), "kstock: a.csv:3: found this; expected that\n");
        await Told(
            ExitCode.Failed, new StreamException(Verdict.Stop, "broker", "this", "that"), "kstock: broker: found this; expected that\n");
        await Told(
            ExitCode.BrokenInput, new StoreException(Verdict.Stop, "/lake/x", "a full disk", "room"),
            "kstock: /lake/x: found a full disk; expected room\n");
        await Told(
            ExitCode.Failed, new StoreException(Verdict.Retry, "s3://b/x", "no answer", "one"),
            "kstock: s3://b/x: found no answer; expected one\n");
        await Told(
            ExitCode.BrokenInput, new AggregateException(new BrokenInputException("a", "b", "c")), "kstock: a: found b; expected c\n");
        await Told(ExitCode.Failed, new OperationCanceledException(), "kstock: stopped before it was done\n");
        await Told(ExitCode.Usage, new UsageException(["one", "two"]), "kstock: one\nkstock: two\nkstock: see 'kstock fail --help'\n");
    }

    [Fact]
    public async Task A_bug_of_ours_shows_its_stack_trace()
    {
        var said = await Said(ExitCode.Failed, Failing(new NotSupportedException("a bug")), "fail");
        Assert.Contains("a bug", said, StringComparison.Ordinal);
        Assert.Contains("   at ", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("consume", "forecasts", "--bootstrap", "x", "--kafka", "sasl.password=hunter2")]
    [InlineData("consume", "forecasts", "--kafka", "hunter2")]
    [InlineData("consume", "forecasts", "--bootstrap", "127.0.0.1:1", "-kafka", "sasl.password=hunter2")]
    [InlineData("run", "--kfka=sasl.password=hunter2")]
    [InlineData("run", "--kfka", "sasl.password=hunter2")]
    [InlineData("consume", "forecasts", "--bootstrap", "127.0.0.1:1", "--kafka", "no.such.property=hunter2")]
    [InlineData("consume", "forecasts", "--bootstrap", "127.0.0.1:1", "--kafka", "isolation.level=hunter2")]
    [InlineData("consume", "forecasts", "--bootstrap", "127.0.0.1:1", "--kafka", "enable.auto.commit=hunter2")]
    public async Task The_value_of_a_client_property_is_never_shown(params string[] arguments) =>
        Assert.DoesNotContain("hunter2", await Said(null, CommandTree.Build(), arguments), StringComparison.Ordinal);

    static async Task Told(int exitCode, Exception error, string expected) =>
        Assert.Equal(expected, await Said(exitCode, Failing(error), "fail"));

    static RootCommand Failing(Exception error) => [Verb.Create("fail", "Fails.", [], (_, _) => throw error)];

    static async Task<string> Said(int? exitCode, RootCommand root, params string[] arguments)
    {
        var before = Console.Error;
        using var text = new StringWriter { NewLine = "\n" };
        Console.SetError(text);
        try
        {
            var found = await root.InvokeWithHouseRulesAsync(arguments);
            if (exitCode is { } expected) Assert.Equal(expected, found);
            else Assert.NotEqual(ExitCode.Done, found);
            return text.ToString();
        }
        finally
        {
            Console.SetError(before);
        }
    }
}
