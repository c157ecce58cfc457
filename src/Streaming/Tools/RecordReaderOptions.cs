using Kafka.Stock.Contracts;

namespace Kafka.Stock.Streaming;

/// <summary>What a <see cref="RecordReader"/> reads.</summary>
public sealed record RecordReaderOptions
{
    /// <summary>Begin at the end of the topic: only what comes from now on.</summary>
    public bool FromEnd { get; init; }

    /// <summary>Offset to begin at, by partition, where it isn't the topic's first; null: the first of all.</summary>
    public Func<int, long>? From { get; init; }

    /// <summary>Go on after the end, for what comes.</summary>
    public bool Follow { get; init; }

    /// <summary>Read headers; they cost an allocation per record.</summary>
    public bool WithHeaders { get; init; }

    /// <summary>Producers of this process wait for the reader here; only for a reader from the beginning. Null for none.</summary>
    public FlowGate? Gate { get; init; }

    /// <summary>Told where reading begins, partition and offset, before the first record.</summary>
    public Action<int, long>? Started { get; init; }

    /// <summary>Name at the gate, and of the client.</summary>
    public string Name { get; init; } = "reader";

    /// <summary>Full schema name of an id; null when nobody knows it.</summary>
    public Func<int, string?> SchemaName { get; init; } = SchemaIds.Builtin.NameOf;

    /// <summary>How a body of a schema id becomes one of the newest version; null where it is that already.</summary>
    public Func<int, AvroResolution?> ToNewest { get; init; } = SchemaIds.Builtin.ToNewest;
}
