using Kafka.Stock.Contracts;

namespace Kafka.Stock.BatchJob;

/// <summary>What a retrain came to.</summary>
/// <param name="Decision">The decision with its numbers.</param>
/// <param name="Promotions">In ordinal order of series; empty where nothing was promoted.</param>
public sealed record RetrainResult(RetrainDecision Decision, IReadOnlyList<ModelPromotion> Promotions)
{
    /// <summary>Publishes the decision, then its promotions, each to the partition of its symbol.</summary>
    public void PublishTo(IOutput output)
    {
        output.Publish(StockTopics.Decisions, Decision.Interval, Decision);
        foreach (var promotion in Promotions) output.Publish(StockTopics.MicroBatches, promotion.Series.Symbol, promotion);
    }
}
