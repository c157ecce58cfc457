using Kafka.Stock.Contracts;

namespace Kafka.Stock.BatchJob;

/// <summary>A named check of the quality gate.</summary>
/// <param name="Name">As reports, options and acknowledged rows call it.</param>
/// <param name="Rule">What holds for good rows, for people.</param>
/// <param name="Level">What it does unless more is asked for.</param>
public sealed record QualityCheck(string Name, string Rule, QualityLevel Level)
{
    /// <summary>There are rows at all.</summary>
    public static QualityCheck Size { get; } = new("size", "size > 0", QualityLevel.Fail);

    /// <summary>No close is missing.</summary>
    public static QualityCheck CompletenessClose { get; } = new("completeness_close", "completeness of close = 1", QualityLevel.Fail);

    /// <summary>No volume is missing.</summary>
    public static QualityCheck CompletenessVolume { get; } = new("completeness_volume", "completeness of volume = 1", QualityLevel.Fail);

    /// <summary>Opens are there and positive.</summary>
    public static QualityCheck MinOpen { get; } = new("min_open", "min open > 0", QualityLevel.Fail);

    /// <summary>Volumes that are there aren't absurd.</summary>
    public static QualityCheck MaxVolume { get; } = new("max_volume", "max volume < 1e10", QualityLevel.Fail);

    /// <summary>Highs are there and cover open and close.</summary>
    public static QualityCheck High { get; } = new("high", "high >= max(open, close)", QualityLevel.Fail);

    /// <summary>Lows are there and cover open and close.</summary>
    public static QualityCheck Low { get; } = new("low", "low <= min(open, close)", QualityLevel.Fail);

    /// <summary>No end comes twice in a series.</summary>
    public static QualityCheck Unique { get; } = new("unique", "unique (series, end)", QualityLevel.Fail);

    /// <summary>Ends rise within a series.</summary>
    public static QualityCheck Increasing { get; } = new("increasing", "end strictly increasing in a series", QualityLevel.Fail);

    /// <summary>No session is missing between two rows.</summary>
    public static QualityCheck Gaps { get; } = new("gaps", "no gap against the exchange calendar", QualityLevel.Warn);

    /// <summary>No close is far from the one before.</summary>
    public static QualityCheck Jumps { get; } = new("jumps", "no jump of close > 50 % without a corporate action", QualityLevel.Warn);

    /// <summary>No high or low is far from open and close: most such prints are wrong.</summary>
    public static QualityCheck Spikes { get; } = new("spikes", "low and high within 50 % of open and close", QualityLevel.Warn);

    /// <summary>Each series goes on to the present event time.</summary>
    public static QualityCheck Freshness { get; } = new("freshness", "last end fresh against event time", QualityLevel.Warn);

    /// <summary>The only list, in the order of reports.</summary>
    public static IReadOnlyList<QualityCheck> All { get; } =
    [
        Size, CompletenessClose, CompletenessVolume, MinOpen, MaxVolume, High, Low, Unique, Increasing, Gaps, Jumps, Spikes, Freshness,
    ];

    /// <summary>The check of this name.</summary>
    /// <exception cref="ConfigurationException">There is none.</exception>
    public static QualityCheck Named(string name) => All.FirstOrDefault(check => check.Name == name) ?? throw new ConfigurationException(
        "quality check", $"'{name}'", string.Join(", ", All.Select(check => check.Name)));
}
