namespace Kafka.Stock.Lakehouse;

/// <summary>Times of a scan, each the best of its rounds.</summary>
/// <param name="Rows">Rows of the table.</param>
/// <param name="FullMs">Sums over all rows here, opening the table included.</param>
/// <param name="FilteredMs">The same sums over the rows of a condition, files skipped by the log's statistics.</param>
/// <param name="ClickHouseFullMs">The same in ClickHouse; null where it isn't there.</param>
/// <param name="ClickHouseFilteredMs">The same in ClickHouse; null where it isn't there.</param>
public sealed record ScanBenchResult(
    long Rows, double FullMs, double FilteredMs, double? ClickHouseFullMs, double? ClickHouseFilteredMs)
{
    /// <summary>ClickHouse's time over ours: 1 or more where we are no slower.</summary>
    public double? FullRatio => ClickHouseFullMs / FullMs;

    /// <summary>ClickHouse's time over ours: 1 or more where we are no slower.</summary>
    public double? FilteredRatio => ClickHouseFilteredMs / FilteredMs;
}
