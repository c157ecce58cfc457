using Kafka.Stock.Contracts;

namespace Kafka.Stock.Cli.Tests;

public sealed class DecisionLineTests
{
    static readonly RetrainDecision s_decision = new() { Interval = "1d", DecidedAtUs = 1_277_956_800_000_000, Reason = "too few rows" };

    [Fact]
    public void A_decision_is_told_with_its_losses()
    {
        var tested = s_decision with { Promoted = true, CandidateLoss = 0.78154, ChampionLoss = 0.783, NaiveLoss = 0.7847 };
        Assert.Equal("2010-07-01 1d: promoted (loss 0.7815, champion 0.7830, no change 0.7847)", DecisionLine.Of(tested));
        Assert.Equal(
            "2010-07-01 1d: kept the champions (loss 0.7815, champion 0.7830, no change 0.7847)",
            DecisionLine.Of(tested with { Promoted = false }));
    }

    [Fact]
    public void How_sure_one_may_be_of_what_is_served_ends_the_line()
    {
        var sure = s_decision with
        {
            Evidence = [new("aggregate", 2_000, 6_000, 23.456, 30, 1, 1), new("naive", 2_000, 6_000, null, null, 1, 1)],
        };
        Assert.Equal("2010-07-01 1d: kept the champions (too few rows, e-value 23.5)", DecisionLine.Of(sure));
    }

    [Fact]
    public void Without_a_test_the_reason_is_told() =>
        Assert.Equal("2010-07-01 1d: kept the champions (too few rows)", DecisionLine.Of(s_decision));
}
