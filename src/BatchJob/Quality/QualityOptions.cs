using Kafka.Stock.Contracts;

namespace Kafka.Stock.BatchJob;

/// <summary>What the quality gate asks for beyond its rules.</summary>
public sealed record QualityOptions
{
    /// <summary>Names of checks that fail where they would warn.</summary>
    public IReadOnlyList<string> FailOn { get; init; } = [];

    /// <summary>Rows named for each check, the first that break it; 0 to 1,000.</summary>
    public int SamplesMax { get; init; } = 10;

    /// <summary>Regular trading time without a bar that counts as a gap of a series with intervals shorter than a session, in minutes;
    /// 1 to 1,440. A minute without a trade has no bar, so short holes are usual.</summary>
    public int GapMinutesMin { get; init; } = 30;

    /// <summary>Sessions that may have closed since a series' last end before it is stale; 0 to 1,000.</summary>
    public int StaleSessionsMax { get; init; } = 1;

    /// <exception cref="ConfigurationException">A value is out of range or no check has such a name; names them all.</exception>
    public QualityOptions Validated()
    {
        var defects = new List<string>();
        if (SamplesMax is < 0 or > 1_000) defects.Add($"samples {SamplesMax} (0 to 1,000)");
        if (GapMinutesMin is < 1 or > 1_440) defects.Add($"gap {GapMinutesMin} minutes (1 to 1,440)");
        if (StaleSessionsMax is < 0 or > 1_000) defects.Add($"stale sessions {StaleSessionsMax} (0 to 1,000)");
        var names = QualityCheck.All.Select(check => check.Name).ToList();
        defects.AddRange(FailOn.Except(names).Select(name => $"check '{name}' ({string.Join(", ", names)})"));
        return defects.Count == 0
            ? this
            : throw new ConfigurationException("quality gate", string.Join("; ", defects), "values in their ranges");
    }
}
