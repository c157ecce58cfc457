using Kafka.Stock.Topology;

namespace Kafka.Stock.BatchJob;

/// <summary>What a rebuild of silver and gold reads besides bronze.</summary>
public sealed record RebuildOptions
{
    /// <summary>Options of the stream's own fold: with others, the rows would be others.</summary>
    public TopologyOptions Topology { get; init; } = new();

    /// <summary>From bronze's first record on, whatever is carried.</summary>
    public bool IsFull { get; init; }

    /// <summary>Symbols are shared out over so many threads, at least 1. The rows don't depend on it.</summary>
    public int Workers { get; init; } = Math.Max(1, Environment.ProcessorCount);
}
