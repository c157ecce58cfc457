namespace Kafka.Stock.BatchJob;

/// <summary>When a simulation retrains.</summary>
public enum RetrainSchedule
{
    /// <summary>At the month ends of event time.</summary>
    Monthly,

    /// <summary>Not at all.</summary>
    Never,

    /// <summary>After a drift alarm, at most once in some sessions.</summary>
    OnDrift,
}
