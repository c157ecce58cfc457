namespace Kafka.Stock.BatchJob;

/// <summary>Everything that led to one forecast.</summary>
public sealed record Explanation
{
    /// <summary><c>symbol/interval/source</c>.</summary>
    public required string Series { get; init; }

    /// <summary>End of the bar that it was made at, UTC.</summary>
    public required DateTime MadeAt { get; init; }

    /// <summary>When its target was due, UTC.</summary>
    public required DateTime TargetTime { get; init; }

    /// <summary>Close that it was made at, dollars.</summary>
    public required double LastClose { get; init; }

    /// <summary>Scale of one bar's return that its intervals were made with.</summary>
    public required double Scale { get; init; }

    /// <summary>The strategy that spoke for the system.</summary>
    public required string Served { get; init; }

    /// <summary>What the drift detectors said.</summary>
    public required string Drift { get; init; }

    /// <summary>Drift alarms of the series so far.</summary>
    public required int Alarms { get; init; }

    /// <summary>Bars of the series so far.</summary>
    public required int Bars { get; init; }

    /// <summary>Forecasts scored so far.</summary>
    public required long Scores { get; init; }

    /// <summary>Regret of the aggregate so far; null before the first score.</summary>
    public required double? Regret { get; init; }

    /// <summary>What it can't exceed.</summary>
    public required double? RegretBound { get; init; }

    /// <summary>Pipeline that made the features, with its version.</summary>
    public required string Pipeline { get; init; }

    /// <summary>What it was forecast from.</summary>
    public required IReadOnlyList<ExplainedFeature> Features { get; init; }

    /// <summary>What the step before it learnt from, oldest first.</summary>
    public required IReadOnlyList<ExplainedRow> Rows { get; init; }

    /// <summary>What every strategy said.</summary>
    public required IReadOnlyList<ExplainedStrategy> Strategies { get; init; }

    /// <summary>Promotions of the series so far, the last one last.</summary>
    public required IReadOnlyList<ExplainedModel> Promotions { get; init; }

    /// <summary>SHA-256 of the series' state in the Topology after the bar.</summary>
    public required string TopologyStateSha256 { get; init; }

    /// <summary>SHA-256 of the series' state in the Trainer after the forecast.</summary>
    public required string TrainerStateSha256 { get; init; }
}
