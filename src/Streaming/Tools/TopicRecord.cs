namespace Kafka.Stock.Streaming;

/// <summary>A record as a <see cref="RecordReader"/> shows it; its bytes are valid during the call.</summary>
public readonly ref struct TopicRecord
{
    /// <summary>Partition it lies in.</summary>
    public int Partition { get; init; }

    /// <summary>Offset in its partition.</summary>
    public long Offset { get; init; }

    /// <summary>Full name of its Avro schema; null when the value isn't in a frame, or the id is unknown.</summary>
    public string? SchemaName { get; init; }

    /// <summary>Its key; null as empty.</summary>
    public ReadOnlySpan<byte> Key { get; init; }

    /// <summary>Its value as it came; null as empty.</summary>
    public ReadOnlySpan<byte> Value { get; init; }

    /// <summary>The Avro body, as the newest version of its schema has it; empty when the value isn't in a frame.</summary>
    public ReadOnlySpan<byte> Body { get; init; }

    /// <summary>Its headers, as text, in order.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; }
}
