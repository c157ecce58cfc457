namespace Kafka.Stock.BatchJob;

/// <summary>A record of a topic on its way into bronze; its bytes are valid during the call only.</summary>
public readonly ref struct LakeRecord
{
    /// <summary>Name of the topic, or <see cref="LakeTables.FilesTopic"/>.</summary>
    public required string Topic { get; init; }

    /// <summary>Partition of the topic.</summary>
    public required int Partition { get; init; }

    /// <summary>Offset in the partition.</summary>
    public required long Offset { get; init; }

    /// <summary>Full name of its Avro schema; null where nobody knows it.</summary>
    public required string? SchemaName { get; init; }

    /// <summary>Its key.</summary>
    public required ReadOnlySpan<byte> Key { get; init; }

    /// <summary>Its Avro body, or its whole value where <see cref="SchemaName"/> is null.</summary>
    public required ReadOnlySpan<byte> Body { get; init; }
}
