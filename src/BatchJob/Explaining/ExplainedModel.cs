namespace Kafka.Stock.BatchJob;

/// <summary>A promotion that the forecast's series had had.</summary>
/// <param name="ModelId">SHA-256 of the model.</param>
/// <param name="TrainedUntil">End of the last target that it had learnt from, UTC.</param>
/// <param name="EffectiveFrom">First bar end that it was for, UTC.</param>
/// <param name="IsInitial">True for a model from before the stream.</param>
public sealed record ExplainedModel(string ModelId, DateTime TrainedUntil, DateTime EffectiveFrom, bool IsInitial);
