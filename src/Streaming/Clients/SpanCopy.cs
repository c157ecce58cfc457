using Confluent.Kafka;

namespace Kafka.Stock.Streaming;

/// <summary>A deserializer that copies what the client shows for the length of a call into a buffer that is used again.</summary>
sealed class SpanCopy : IDeserializer<SpanCopy.Done>
{
    /// <summary>The bytes of the record read last; null as empty.</summary>
    public FrameBuffer Buffer { get; } = new();

    /// <summary>True when there were none.</summary>
    public bool IsNull { get; private set; }

    /// <inheritdoc/>
    public Done Deserialize(ReadOnlySpan<byte> data, bool isNull, SerializationContext context)
    {
        IsNull = isNull;
        Buffer.Fill(data);
        return default;
    }

    /// <summary>Stands for bytes that lie in the buffer: a struct, so that the client makes no object of it.</summary>
    public readonly struct Done;
}
