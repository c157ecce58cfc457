using System.Text.Json.Nodes;
using Kafka.Stock.Contracts;

namespace Kafka.Stock.BatchJob.Tests.Retraining;

public sealed class DecisionTextTests
{
    static readonly RetrainDecision s_decision = new()
    {
        Interval = "1d",
        DecidedAtUs = 1_277_956_800_000_000,
        Reason = "not worse",
        Gate = "passed",
        Margin = 0.1,
        Models = [new DecidedModel("AAPL", "csv", new string('a', 64), 1_000, 7)],
        Checks = [new GateCheck("gaps", "warned", 63, 2, 1, ["AAPL/1d/csv 2010-06-03T20:00:00Z: missing bars: 1"])],
        Evidence = [new("aggregate", 1_000, 3_000, 1.0 / 3, 1e304, 1e-304, 2), new("naive", 1_000, 3_000, null, null, 2, 2)],
    };

    [Fact]
    public void What_is_written_is_read_to_the_digit()
    {
        var text = DecisionText.ToJson(s_decision);
        var read = DecisionText.Parse(text, "test");
        Assert.Equal(text, DecisionText.ToJson(read));
        Assert.Equal(s_decision.Evidence, read.Evidence);
        var check = Assert.Single(read.Checks);
        Assert.Equal(("gaps", "warned", 63, 2, 1), (check.Check, check.Status, check.Rows, check.Bad, check.Acknowledged));
        Assert.Equal(s_decision.Checks[0].Named, check.Named);
    }

    /// <summary>A store of models keeps the decisions of former versions.</summary>
    [Fact]
    public void A_decision_without_checks_and_evidence_is_read()
    {
        var former = JsonNode.Parse(DecisionText.ToJson(s_decision))!.AsObject();
        former.Remove("checks");
        former.Remove("evidence");
        var read = DecisionText.Parse(former.ToJsonString(), "test");
        Assert.Equal(("1d", 1, 0, 0), (read.Interval, read.Models.Count, read.Checks.Count, read.Evidence.Count));
    }
}
