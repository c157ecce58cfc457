using Kafka.Stock.Contracts;

namespace Kafka.Stock.Lakehouse;

/// <summary>How a store's transient failures are tried again.</summary>
public sealed record RetryOptions
{
    /// <summary>Tries of one request, the first included; 1 to 100.</summary>
    public int AttemptsMax { get; init; } = 6;

    /// <summary>Longest wait before the second try; doubles with each one; 0 to 60,000.</summary>
    public int BackoffMs { get; init; } = 100;

    /// <summary>Longest wait of all; <see cref="BackoffMs"/> to 600,000.</summary>
    public int BackoffMsMax { get; init; } = 10_000;

    /// <exception cref="ConfigurationException">A value is out of range; names them all.</exception>
    public RetryOptions Validated()
    {
        var defects = new List<string>();
        if (AttemptsMax is < 1 or > 100) defects.Add($"attempts {AttemptsMax} (1 to 100)");
        if (BackoffMs is < 0 or > 60_000) defects.Add($"backoff {BackoffMs} ms (0 to 60,000)");
        if (BackoffMsMax < BackoffMs || BackoffMsMax > 600_000) defects.Add($"longest backoff {BackoffMsMax} ms (backoff to 600,000)");
        return defects.Count == 0
            ? this
            : throw new ConfigurationException("store retries", string.Join(", ", defects), "values in their ranges");
    }
}
