namespace Kafka.Stock.Docs.Tests;

/// <summary>What is done with the commands that begin so.</summary>
/// <param name="Prefix">Beginning of the command.</param>
/// <param name="Way">How it is tried.</param>
/// <param name="Reason">Why it isn't tried; empty where it is.</param>
sealed record CommandRule(string Prefix, CommandWay Way, string Reason = "")
{
    /// <summary>The first that fits counts. What fits none is an error: a new kind of command is a decision.</summary>
    static readonly CommandRule[] s_rules =
    [
        Not("git clone ", "needs the network and an address that isn't known here"),
        Not("./kstock test", "would run this test again; eng/test has tests of its own"),
        Not("./kstock bench ", "measures for a minute or more, on a machine that must be quiet"),
        Not("./kstock topics create ", "the embedded broker answers no admin requests; TopicAdminTests call the same on a real one"),
        Not("./kstock topics describe ", "the embedded broker answers no admin requests; TopicAdminTests call the same on a real one"),
        Not("eng/native/prepare ", "./kstock does it first of all; eng/test/native.test.mjs tries it"),
        Not("dotnet build ", "makes the files that this test runs"),
        Not("dotnet test ", "would run tests inside a test"),
        Not("dotnet format ", "takes minutes, and the build has the same rules as errors"),
        Not("dotnet src/Cli/", "the program that stands for ./kstock in all other commands"),
        Not("rm -rf ", "deletes what the tests need"),
        Not("git clean ", "deletes what the tests need"),
        new("./kstock controls --short", CommandWay.ToTheEnd),
        Not("./kstock controls ", "takes minutes; ControlsTests run the short form of each"),
        Not("./kstock backtest --from-files \"$DATA", "reads data that no clone has"),
        new("./kstock topology ", CommandWay.UntilStopped),
        new("./kstock trainer ", CommandWay.UntilStopped),
        new("./kstock batch serve ", CommandWay.UntilStopped),
        new("./kstock ", CommandWay.ToTheEnd),
        new("source <(./kstock completion ", CommandWay.ToTheEnd),
        new("dotnet run --project samples/", CommandWay.ToTheEnd),
        new("kcat ", CommandWay.ToTheEnd),
    ];

    public static IReadOnlyList<CommandRule> All => s_rules;

    /// <summary>The rule of a command; null when it fits none.</summary>
    public static CommandRule? Of(string command) =>
        Array.Find(s_rules, rule => (command + " ").StartsWith(rule.Prefix, StringComparison.Ordinal));

    static CommandRule Not(string prefix, string reason) => new(prefix, CommandWay.NotAtAll, reason);
}
