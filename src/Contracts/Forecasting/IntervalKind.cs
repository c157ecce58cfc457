namespace Kafka.Stock.Contracts;

/// <summary>How a prediction interval came about.</summary>
public enum IntervalKind
{
    /// <summary>Too few scores for a quantile of its own: normal quantile times scale.</summary>
    Warming,

    /// <summary>Adaptive conformal quantile times scale.</summary>
    Bounded,

    /// <summary>The adaptive level asks for more than any score: both bounds are null.</summary>
    Unbounded,

    /// <summary>The adaptive level asks for nothing: both bounds are the point.</summary>
    Empty,
}
