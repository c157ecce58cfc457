namespace Kafka.Stock.Contracts;

/// <summary>The forecast of a series at the end of a bar: all strategies, all levels.</summary>
public sealed class Forecast
{
    /// <summary>Whose forecast it is.</summary>
    public SeriesId Series { get; set; }

    /// <summary>End of the bar that it was made at, microseconds since 1970 UTC.</summary>
    public long MadeAtUs { get; set; }

    /// <summary>When its target is due by the calendar, microseconds since 1970 UTC.</summary>
    public long TargetTimeUs { get; set; }

    /// <summary>Close of the bar that it was made at, dollars.</summary>
    public double LastClose { get; set; }

    /// <summary>Scale of one bar's return that its intervals were made with.</summary>
    public double Scale { get; set; }

    /// <summary>The strategy that speaks for the system: point and interval of this one are the forecast.</summary>
    public string Served { get; set; } = "";

    /// <summary>What the drift detectors say.</summary>
    public DriftState Drift { get; set; }

    /// <summary>Fingerprint of the feature pipeline.</summary>
    public long Fingerprint { get; set; }

    /// <summary>Epoch of the fold that made it: hash of fold version, options and seed.</summary>
    public long Epoch { get; set; }

    /// <summary>One a strategy, in the order of the strategy table.</summary>
    public StrategyForecast[] Strategies { get; set; } = [];
}
