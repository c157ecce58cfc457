namespace Kafka.Stock.BatchJob;

/// <summary>Losses of candidate and champion on a row that neither had learnt from when it predicted it, in units of the scale
/// s(t).</summary>
/// <param name="MadeAtUs">End of the row's bar, microseconds since 1970 UTC.</param>
/// <param name="Hybrid">Candidate with online steps through the held-back rows.</param>
/// <param name="Frozen">Candidate as it was trained.</param>
/// <param name="ChampionHybrid">Champion with its online steps, as recorded.</param>
/// <param name="ChampionFrozen">Champion as it was promoted, as recorded.</param>
/// <param name="Naive">No change.</param>
readonly record struct PairedRow(
    long MadeAtUs, double Hybrid, double Frozen, double ChampionHybrid, double ChampionFrozen, double Naive);
