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

    /// <summary>The strategy that speaks for the system.</summary>
    public const string Served = Online;

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [Naive, Drift, Online];
}
