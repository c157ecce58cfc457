namespace Kafka.Stock.BatchJob;

/// <summary>How one strategy did at one level, over the rows of a series or of all series of an interval, in a year or in all.</summary>
/// <remarks>Errors are in log returns. Null where there is nothing to say.</remarks>
public sealed record ReportRow
{
    /// <summary>Name of all series of an interval together.</summary>
    public const string Pooled = "pooled";

    /// <summary>Name of the whole range.</summary>
    public const string WholeRange = "all";

    /// <summary>Length of the bars; rows of different intervals are never pooled.</summary>
    public string Interval { get; init; } = "";

    /// <summary><c>symbol/interval/source</c>, or <see cref="Pooled"/>.</summary>
    public string Series { get; init; } = "";

    /// <summary>Calendar year of the trading day on which the forecast was made, or <see cref="WholeRange"/>.</summary>
    public string Period { get; init; } = "";

    /// <summary>Who forecast.</summary>
    public string Strategy { get; init; } = "";

    /// <summary>Coverage promised.</summary>
    public double Level { get; init; }

    /// <summary>Forecasts scored.</summary>
    public long Rows { get; init; }

    /// <summary>Mean |error|.</summary>
    public double? Mae { get; init; }

    /// <summary>Root of the mean squared error.</summary>
    public double? Rmse { get; init; }

    /// <summary>Sum |error| over that of the naive forecast on the same rows.</summary>
    public double? Mase { get; init; }

    /// <summary>The same in dollars of the close; pooled, the mean over series.</summary>
    public double? RelativeMae { get; init; }

    /// <summary>1 - squared error over that of a return of zero.</summary>
    public double? RSquared { get; init; }

    /// <summary>Share of signs that were right, where both had one.</summary>
    public double? DirectionalAccuracy { get; init; }

    /// <summary>Mean pinball loss of both bounds.</summary>
    public double? Pinball { get; init; }

    /// <summary>Mean Winkler score of the intervals that have bounds.</summary>
    public double? Winkler { get; init; }

    /// <summary>Share of hits; an unbounded interval is one.</summary>
    public double? Coverage { get; init; }

    /// <summary>Intervals without bounds.</summary>
    public long Unbounded { get; init; }

    /// <summary>Intervals that were a point.</summary>
    public long Empty { get; init; }

    /// <summary>Mean Winkler score of the 250-day quantiles on the same rows.</summary>
    public double? QuantileWinkler { get; init; }

    /// <summary>Winkler score over it: below 1 is better.</summary>
    public double? WinklerToQuantile { get; init; }

    /// <summary>Mean Winkler score of EWMA r^2 with the same conformal layer on the same rows.</summary>
    public double? EwmaWinkler { get; init; }

    /// <summary>Winkler score over it: below 1 is better.</summary>
    public double? WinklerToEwma { get; init; }

    /// <summary>p-value of Diebold-Mariano (Harvey-Leybourne-Newbold) against naive, two-sided, days pooled.</summary>
    public double? DieboldMarianoNaive { get; init; }

    /// <summary>The same against online.</summary>
    public double? DieboldMarianoOnline { get; init; }

    /// <summary>p-value of Clark-West against naive, one-sided.</summary>
    public double? ClarkWestNaive { get; init; }

    /// <summary>e-value against naive at the end of the period: wealth of a bettor who began it with 1.</summary>
    public double? EvidenceNaive { get; init; }

    /// <summary>Largest e-value against naive in the period: from 20 on the strategy counts as better.</summary>
    public double? EvidenceNaiveMax { get; init; }

    /// <summary>e-value against online at the end.</summary>
    public double? EvidenceOnline { get; init; }

    /// <summary>Largest e-value against online.</summary>
    public double? EvidenceOnlineMax { get; init; }

    internal ReportRow With(double level, IntervalTally tally) => this with
    {
        Level = level,
        Pinball = tally.Pinball,
        Winkler = tally.Winkler,
        Coverage = tally.Coverage,
        Unbounded = tally.Unbounded,
        Empty = tally.Empty,
        QuantileWinkler = tally.QuantileWinkler,
        WinklerToQuantile = tally.RatioToQuantile,
        EwmaWinkler = tally.EwmaWinkler,
        WinklerToEwma = tally.RatioToEwma,
    };
}
