namespace Kafka.Stock.Learning;

/// <summary>What a learning step makes small.</summary>
public enum LossKind
{
    /// <summary>Squared near 0, absolute beyond delta (Huber 1964).</summary>
    Huber,

    /// <summary>Mean of squared errors.</summary>
    Squared,
}
