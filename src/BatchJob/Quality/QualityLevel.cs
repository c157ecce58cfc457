namespace Kafka.Stock.BatchJob;

/// <summary>What a check does when rows break its rule.</summary>
public enum QualityLevel
{
    /// <summary>Says so.</summary>
    Warn,

    /// <summary>Stops the retrain.</summary>
    Fail,
}
