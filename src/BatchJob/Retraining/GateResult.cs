using Kafka.Stock.Contracts;

namespace Kafka.Stock.BatchJob;

/// <summary>What the quality gate said of an interval's rows before a retrain, with what it takes to act on it.</summary>
/// <param name="Verdict">In a word, as decisions have it.</param>
/// <param name="Failures">The checks that failed, each with its number of bad rows; empty where none did.</param>
/// <param name="Refusal">Names the rows; null where no check failed.</param>
public sealed record GateResult(GateVerdict Verdict, string Failures, RefusedException? Refusal)
{
    /// <summary>Nobody looked.</summary>
    public static GateResult Off { get; } = new(GateVerdict.Off, "", null);

    /// <summary>The checks that some rows broke, in the order of reports.</summary>
    public IReadOnlyList<GateCheck> Checks { get; init; } = [];

    /// <summary>What a report comes to.</summary>
    /// <param name="report">Of the pass; null where nothing was new since a pass that passed.</param>
    /// <param name="where">What was checked, such as the table.</param>
    public static GateResult Of(QualityReport? report, string where)
    {
        if (report is null) return new GateResult(GateVerdict.Passed, "", null);
        var checks = report.ToChecks();
        return report.Refusal(where) is { } refusal
            ? new GateResult(GateVerdict.Failed, report.FailuresInShort(), refusal) { Checks = checks }
            : new GateResult(GateVerdict.Passed, "", null) { Checks = checks };
    }
}
