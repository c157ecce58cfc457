using System.Globalization;
using Kafka.Stock.Contracts;

namespace Kafka.Stock.Streaming;

/// <summary>How a fold is hosted. None of it is an input of the fold: no output depends on it.</summary>
public sealed record FoldHostOptions
{
    /// <summary>Consumer group under which progress is kept; null for the fold's name.</summary>
    public string? Group { get; init; }

    /// <summary>Partitions to fold; null for all.</summary>
    public IReadOnlyList<int>? Partitions { get; init; }

    /// <summary>Threads, each with a consumer, a producer and its share of the partitions, 1 to 64.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>How often outputs are flushed and offsets committed, milliseconds, 1 to 60,000.</summary>
    public int CommitIntervalMs { get; init; } = 100;

    /// <summary>How long a schema id that nobody knows is asked for again before the task stops, milliseconds, 0 to 3,600,000.</summary>
    public int UnknownSchemaWaitMs { get; init; } = 30_000;

    /// <summary>How long a stop may take to deliver what is done, milliseconds, 100 to 600,000.</summary>
    public int StopLimitMs { get; init; } = 10_000;

    /// <summary>Where records go that can't be read.</summary>
    public Topic DeadLetters { get; init; } = StockTopics.DeadLetters;

    /// <summary>Full schema name of an id, the same instance for the same id; null when nobody knows it.</summary>
    public Func<int, string?> SchemaName { get; init; } = SchemaIds.Builtin.NameOf;

    /// <summary>How a body of a schema id becomes one of the newest version; null where it is that already.</summary>
    public Func<int, AvroResolution?> ToNewest { get; init; } = SchemaIds.Builtin.ToNewest;

    /// <summary>For the embedded broker: holds producers back to what consumers have read. Null for none.</summary>
    public FlowGate? Gate { get; init; }

    /// <summary>Gets events for a log, on the host's threads; null for none.</summary>
    public Action<StreamEvent>? Events { get; init; }

    /// <summary>Clock of intervals and waits.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Checks the ranges.</summary>
    /// <exception cref="ConfigurationException">All faults in one message.</exception>
    public FoldHostOptions Validated()
    {
        var faults = new List<string>();
        Range("threads", Threads, 1, 64, faults);
        Range("commit interval, ms", CommitIntervalMs, 1, 60_000, faults);
        Range("unknown schema wait, ms", UnknownSchemaWaitMs, 0, 3_600_000, faults);
        Range("stop limit, ms", StopLimitMs, 100, 600_000, faults);
        if (Partitions is { Count: 0 }) faults.Add("partitions: found none; expected at least one, or null for all");
        return faults.Count == 0 ? this : throw new ConfigurationException("fold host", string.Join("; ", faults), "values in range");
    }

    static void Range(string name, int value, int min, int max, List<string> faults)
    {
        if (value >= min && value <= max) return;
        faults.Add(string.Create(CultureInfo.InvariantCulture, $"{name}: found {value}; expected {min} to {max}"));
    }
}
