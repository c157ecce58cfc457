namespace Kafka.Stock.Lakehouse;

/// <summary>A commit as the history shows it.</summary>
/// <param name="Version">Of the table after it.</param>
/// <param name="CommittedUs">When, µs since 1970 UTC: by the store's clock, made to rise with the version, or by the log where it
/// says so.</param>
/// <param name="Info">What its writer says; null where it says nothing.</param>
public sealed record HistoryEntry(long Version, long CommittedUs, CommitInfo? Info);
