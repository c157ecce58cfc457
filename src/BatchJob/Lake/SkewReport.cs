namespace Kafka.Stock.BatchJob;

/// <summary>What the skew audit found.</summary>
/// <param name="Rows">Rows of bronze/micro_batches that were compared: all but refreshes within a session.</param>
/// <param name="Refreshes">Refreshes, which gold has no row for.</param>
/// <param name="Missing">Rows that gold doesn't have.</param>
/// <param name="Differences">Features whose bits differ, all of them counted.</param>
/// <param name="ByFeature">Differences by feature, those with any, in the pipeline's order.</param>
/// <param name="Samples">The first of them.</param>
public sealed record SkewReport(
    long Rows, long Refreshes, long Missing, long Differences, IReadOnlyList<(string Feature, long Count)> ByFeature,
    IReadOnlyList<SkewDifference> Samples)
{
    /// <summary>Online and gold are the same to the bit.</summary>
    public bool IsEqual => Missing == 0 && Differences == 0;
}
