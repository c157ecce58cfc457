using Kafka.Stock.Contracts;

namespace Kafka.Stock.BatchJob;

/// <summary>What a retrain came to.</summary>
/// <param name="Decision">The decision with its numbers.</param>
/// <param name="Promotions">In ordinal order of series; empty where nothing was promoted.</param>
public sealed record RetrainResult(RetrainDecision Decision, IReadOnlyList<ModelPromotion> Promotions);
