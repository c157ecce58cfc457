namespace Kafka.Stock.Contracts;

/// <summary>How one strategy did.</summary>
public sealed class StrategyScore
{
    /// <summary><c>naive</c>, <c>drift</c>, <c>online</c>, …</summary>
    public string Strategy { get; set; } = "";

    /// <summary>As forecast: ln(predicted close) - ln(last close).</summary>
    public double PredictedReturn { get; set; }

    /// <summary>|actual return - predicted return|.</summary>
    public double AbsoluteError { get; set; }

    /// <summary>Cumulative sum|error| / sum|actual return| of the series; null while the denominator is 0.</summary>
    public double? Mase { get; set; }

    /// <summary>One a level, in rising order of level.</summary>
    public IntervalScore[] Intervals { get; set; } = [];
}
