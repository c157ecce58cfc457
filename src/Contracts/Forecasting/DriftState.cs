namespace Kafka.Stock.Contracts;

/// <summary>What the drift detectors of a series say.</summary>
public enum DriftState
{
    /// <summary>No alarm stands.</summary>
    Stable,

    /// <summary>An alarm was raised at this bar.</summary>
    Alarm,
}
