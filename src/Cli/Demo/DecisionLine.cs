using System.Globalization;
using Kafka.Stock.Contracts;
using Kafka.Stock.Trainer;

namespace Kafka.Stock.Cli;

/// <summary>What became of the retrains, in a line.</summary>
static class DecisionLine
{
    /// <summary>The last decision with its numbers, after how many there were.</summary>
    public static string Of(RetrainDecision decision, StreamTally tally) => string.Create(
        CultureInfo.InvariantCulture, $"retrains {tally.Decisions:N0}, promoted {tally.Promoted:N0}; last {Of(decision)}");

    /// <summary>A decision with its numbers.</summary>
    public static string Of(RetrainDecision decision)
    {
        var head = $"{Day(decision.DecidedAtUs)} {decision.Interval}: {(decision.Promoted ? "promoted" : "kept the champions")}";
        var numbers = decision is { CandidateLoss: { } candidate, ChampionLoss: { } champion, NaiveLoss: { } naive }
            ? string.Create(CultureInfo.InvariantCulture, $"loss {candidate:F4}, champion {champion:F4}, no change {naive:F4}")
            : decision.Reason;
        return $"{head} ({numbers}{Evidence(decision)})";
    }

    /// <summary>How sure one may be that what is served is better than no change.</summary>
    static string Evidence(RetrainDecision decision) =>
        decision.Evidence.FirstOrDefault(one => one.Strategy == Strategies.Served) is { ENaive: { } wealth }
            ? string.Create(CultureInfo.InvariantCulture, $", e-value {wealth:G3}")
            : "";

    static string Day(long timeUs) =>
        DateTime.UnixEpoch.AddMicroseconds(timeUs).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
