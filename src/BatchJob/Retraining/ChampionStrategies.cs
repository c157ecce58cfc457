namespace Kafka.Stock.BatchJob;

/// <summary>The strategies whose recorded scores a candidate is measured against.</summary>
static class ChampionStrategies
{
    /// <summary>The champion with the online steps since its promotion.</summary>
    public const string Hybrid = "hybrid";

    /// <summary>The champion, frozen.</summary>
    public const string Batch = "batch";
}
