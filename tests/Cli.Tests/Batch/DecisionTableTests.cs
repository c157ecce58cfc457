using Kafka.Stock.Contracts;
using Spectre.Console;

namespace Kafka.Stock.Cli.Tests;

/// <summary>What <c>kstock batch history</c> shows.</summary>
public sealed class DecisionTableTests
{
    static readonly RetrainDecision s_first = new()
    {
        Interval = "1d",
        DecidedAtUs = 1_275_364_800_000_000,
        Reason = "not worse",
        Promoted = true,
        Gate = "passed",
        Checks = [new GateCheck("gaps", "warned", 63, 12, 0, ["IBM/1d/csv 2010-05-03T20:00:00Z: missing bars: 1"])],
        Evidence = [new("aggregate", 1_000, 3_000, 7, 9, 2, 2)],
    };

    static readonly RetrainDecision s_last = s_first with
    {
        DecidedAtUs = 1_277_956_800_000_000,
        Promoted = false,
        Gate = "failed",
        Reason = "the quality gate failed",
        Checks = [new GateCheck("max_volume", "failed", 63, 1, 0, ["AAPL/1d/csv 2010-06-03T20:00:00Z: volume 20000000000"])],
        Evidence = [new("aggregate", 1_021, 3_063, 23.456, 30, 0.5, 2), new("naive", 1_021, 3_063, null, null, 0.25, 1)],
    };

    [Fact]
    public void A_failed_check_names_its_rows_and_a_warning_is_counted()
    {
        var text = Text(s_first, s_last);
        var named = "AAPL/1d/csv 2010-06-03T20:00:00Z: volume 20000000000";
        Assert.Contains($"max_volume failed: 1 of 63 rows: {named}", text, StringComparison.Ordinal);
        named = "IBM/1d/csv 2010-05-03T20:00:00Z: missing bars: 1 and 11 more";
        Assert.Contains($"gaps warned: 12 of 63 rows: {named}", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_decision_has_its_e_values_and_the_last_those_of_every_strategy()
    {
        var text = Text(s_first, s_last);
        Assert.Contains("7 / 2", text, StringComparison.Ordinal);
        Assert.Contains("2010-07-01 04:00 1d: how sure one may be", text, StringComparison.Ordinal);
        Assert.DoesNotContain("2010-06-01 04:00 1d: how sure", text, StringComparison.Ordinal);
        Assert.Contains("aggregate  23.5 / 0.5             3,063 scores of 1,021 days", text, StringComparison.Ordinal);
        Assert.Contains("naive      - / 0.25", text, StringComparison.Ordinal);
    }

    [Fact]
    public void An_older_decision_has_neither() =>
        Assert.DoesNotContain("how sure", Text(s_first with { Checks = [], Evidence = [] }), StringComparison.Ordinal);

    static string Text(params RetrainDecision[] decisions)
    {
        using var writer = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(writer), Ansi = AnsiSupport.No });
        console.Profile.Width = 300;
        DecisionTable.Write(console, decisions);
        return writer.ToString();
    }
}
