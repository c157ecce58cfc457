namespace Kafka.Stock.Trainer;

/// <summary>The strategies of a series, in the order in which forecasts and scores list them.</summary>
public static class Strategies
{
    /// <summary>No change.</summary>
    public const string Naive = "naive";

    /// <summary>Shrunken mean of the standardised returns so far.</summary>
    public const string Drift = "drift";

    /// <summary>The network that learns one Adam step a micro-batch.</summary>
    public const string Online = "online";

    /// <summary>The champion: the model of the last promotion, frozen.</summary>
    public const string Batch = "batch";

    /// <summary>The champion with one Adam step a micro-batch since.</summary>
    public const string Hybrid = "hybrid";

    /// <summary>An autoregression of order one on the last return, shrunken.</summary>
    public const string Ar1 = "ar1";

    /// <summary>A ridge regression on the features.</summary>
    public const string Ridge = "ridge";

    /// <summary>The online aggregation of all others: never much worse than the best of them, naive included.</summary>
    public const string Aggregate = "aggregate";

    /// <summary>The strategy that speaks for the system.</summary>
    public const string Served = Aggregate;

    /// <summary>Those that are aggregated.</summary>
    public static IReadOnlyList<string> Experts { get; } = [Naive, Drift, Online, Batch, Hybrid, Ar1, Ridge];

    /// <summary>All of them: the experts, then the aggregate.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Experts, Aggregate];
}
