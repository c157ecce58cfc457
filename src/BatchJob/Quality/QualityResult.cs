namespace Kafka.Stock.BatchJob;

/// <summary>What one check found.</summary>
/// <param name="Check">Which.</param>
/// <param name="Level">Its level in this pass, raised where that was asked for.</param>
/// <param name="Status">How it ended.</param>
/// <param name="RowsChecked">Rows that the rule was asked of.</param>
/// <param name="RowsBad">Rows that break it and aren't acknowledged.</param>
/// <param name="RowsAcknowledged">Rows that break it and are acknowledged.</param>
/// <param name="Samples">The first of the bad rows, in order of reading.</param>
public sealed record QualityResult(
    QualityCheck Check, QualityLevel Level, QualityStatus Status, long RowsChecked, long RowsBad, long RowsAcknowledged,
    IReadOnlyList<QualitySample> Samples)
{
    /// <summary>The result over these rows and others; of two statuses the worse one.</summary>
    internal QualityResult With(QualityResult other, int samplesMax) => this with
    {
        Status = Status > other.Status ? Status : other.Status,
        RowsChecked = RowsChecked + other.RowsChecked,
        RowsBad = RowsBad + other.RowsBad,
        RowsAcknowledged = RowsAcknowledged + other.RowsAcknowledged,
        Samples = [.. Samples.Concat(other.Samples).Take(samplesMax)],
    };
}
