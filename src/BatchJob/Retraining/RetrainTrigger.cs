namespace Kafka.Stock.BatchJob;

/// <summary>Why models were made or put in place, as a decision names it.</summary>
public static class RetrainTrigger
{
    /// <summary>A month ended.</summary>
    public const string Month = "month";

    /// <summary>A drift detector fired.</summary>
    public const string Drift = "drift";

    /// <summary>Models from before the stream.</summary>
    public const string Initial = "initial";

    /// <summary>Somebody wanted a former model back.</summary>
    public const string Rollback = "rollback";
}
