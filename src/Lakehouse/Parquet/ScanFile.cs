namespace Kafka.Stock.Lakehouse;

/// <summary>A data file to be read.</summary>
/// <param name="Path">A local path, taken literally.</param>
/// <param name="PartitionValues">Of all its rows, by the log; what the path says doesn't count.</param>
public readonly record struct ScanFile(string Path, PartitionValues PartitionValues);
