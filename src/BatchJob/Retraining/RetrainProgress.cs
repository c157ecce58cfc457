namespace Kafka.Stock.BatchJob;

/// <summary>How far a retrain is.</summary>
/// <param name="Done">Series trained.</param>
/// <param name="Total">Series to train.</param>
public readonly record struct RetrainProgress(int Done, int Total);
