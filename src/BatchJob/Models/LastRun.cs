namespace Kafka.Stock.BatchJob;

/// <summary>What became of the last run that a schedule started on a store.</summary>
/// <param name="DueUs">When it was due, microseconds since 1970 UTC.</param>
/// <param name="Succeeded">False where it failed, its retry included.</param>
public readonly record struct LastRun(long DueUs, bool Succeeded);
