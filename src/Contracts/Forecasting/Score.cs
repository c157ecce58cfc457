namespace Kafka.Stock.Contracts;

/// <summary>The score of a forecast, made when its label arrived, before anybody learnt from it.</summary>
public sealed class Score
{
    /// <summary>Whose forecast it was.</summary>
    public SeriesId Series { get; set; }

    /// <summary>When the forecast was made, microseconds since 1970 UTC.</summary>
    public long MadeAtUs { get; set; }

    /// <summary>End of the bar that gave the label.</summary>
    public long TargetEndUs { get; set; }

    /// <summary>Close that it was made at, dollars, rescaled by corporate actions since.</summary>
    public double LastClose { get; set; }

    /// <summary>Close that came, dollars.</summary>
    public double ActualClose { get; set; }

    /// <summary>ln(actual close) - ln(last close).</summary>
    public double ActualReturn { get; set; }

    /// <summary>Scores of the series so far, this one included.</summary>
    public long Count { get; set; }

    /// <summary>Loss of the learning step that followed; null when the step was skipped.</summary>
    public double? Loss { get; set; }

    /// <summary>Learning steps skipped so far because something wasn't finite.</summary>
    public long SkippedSteps { get; set; }

    /// <summary>The strategy that was served.</summary>
    public string Served { get; set; } = "";

    /// <summary>Epoch of the fold that made it.</summary>
    public long Epoch { get; set; }

    /// <summary>One a strategy, in the order of the strategy table.</summary>
    public StrategyScore[] Strategies { get; set; } = [];
}
