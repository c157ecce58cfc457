using System.Globalization;
using Kafka.Stock.Contracts;

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
        return decision is { CandidateLoss: { } candidate, ChampionLoss: { } champion, NaiveLoss: { } naive }
            ? string.Create(CultureInfo.InvariantCulture, $"{head} (loss {candidate:F4}, champion {champion:F4}, no change {naive:F4})")
            : $"{head} ({decision.Reason})";
    }

    static string Day(long timeUs) =>
        DateTime.UnixEpoch.AddMicroseconds(timeUs).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
