namespace Kafka.Stock.BatchJob;

/// <summary>How a check ended.</summary>
public enum QualityStatus
{
    /// <summary>All rows keep the rule.</summary>
    Passed,

    /// <summary>Some rows break it, and somebody has said of each that it is right so.</summary>
    Acknowledged,

    /// <summary>Some rows break it; its level is <see cref="QualityLevel.Warn"/>.</summary>
    Warned,

    /// <summary>Some rows break it; its level is <see cref="QualityLevel.Fail"/>.</summary>
    Failed,
}
