namespace Kafka.Stock.Learning;

/// <summary>How the half-width of an interval came about; the same order as on the wire.</summary>
public enum BandKind
{
    /// <summary>Too few scores for a quantile of its own: normal quantile times scale.</summary>
    Warming,

    /// <summary>Adaptive conformal quantile times scale.</summary>
    Bounded,

    /// <summary>The adaptive level asks for more than any score can give: the whole line.</summary>
    Unbounded,

    /// <summary>The adaptive level asks for nothing: only the point.</summary>
    Empty,
}
