namespace Kafka.Stock.BatchJob;

/// <summary>What the quality gate said of the rows before a retrain.</summary>
public enum GateVerdict
{
    /// <summary>Nobody looked.</summary>
    Off,

    /// <summary>All checks held.</summary>
    Passed,

    /// <summary>A check failed: nothing is trained.</summary>
    Failed,
}
