namespace Kafka.Stock.Lakehouse;

/// <summary>How a store is opened; the defaults are for use in service.</summary>
public sealed record ObjectStoreOptions
{
    /// <summary>How transient failures are tried again.</summary>
    public RetryOptions Retries { get; init; } = new();

    /// <summary>How S3 is reached; a folder needs none of it.</summary>
    public S3Options S3 { get; init; } = new();

    /// <summary>Measures waits and decides what is old.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Uniform on [0, 1): how long a wait before the next try is, of its bound. Null for the system's chance.</summary>
    public Func<double>? Jitter { get; init; }

    internal StoreRetries ToRetries() => new(Retries.Validated(), Clock, Jitter ?? StoreRetries.SystemJitter);
}
