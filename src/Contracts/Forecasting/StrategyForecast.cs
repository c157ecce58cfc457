namespace Kafka.Stock.Contracts;

/// <summary>What one strategy says of the target.</summary>
public sealed class StrategyForecast
{
    /// <summary><c>naive</c>, <c>drift</c>, <c>online</c>, …</summary>
    public string Strategy { get; set; } = "";

    /// <summary>ln(predicted close) - ln(last close).</summary>
    public double PredictedReturn { get; set; }

    /// <summary>Last close times e^(predicted return), dollars.</summary>
    public double PredictedClose { get; set; }

    /// <summary>Content hash of the model that it started from, lower-case hex; empty where there is no model.</summary>
    public string ModelId { get; set; } = "";

    /// <summary>Learning steps taken since: with <see cref="ModelId"/> this is the model's version.</summary>
    public long Steps { get; set; }

    /// <summary>Weight in the aggregate; 0 without one.</summary>
    public double Weight { get; set; }

    /// <summary>One a level, in rising order of level.</summary>
    public ForecastInterval[] Intervals { get; set; } = [];
}
