using System.Buffers.Binary;

namespace Kafka.Stock.Streaming;

/// <summary>The partition of a key as Kafka's Java clients choose it, and librdkafka with <c>murmur2_random</c>: murmur2 of the bytes,
/// sign bit off, modulo the count.</summary>
/// <remarks>Murmur2 by Austin Appleby, 32 bits, with Kafka's seed; a symbol in another partition would have two states.</remarks>
public static class KeyPartition
{
    const uint Seed = 0x9747B28C;
    const uint Multiplier = 0x5BD1E995;

    /// <summary>Partition of a key.</summary>
    /// <param name="key">Its bytes.</param>
    /// <param name="partitions">Partitions of the topic, at least 1.</param>
    public static int Of(ReadOnlySpan<byte> key, int partitions) => (int)((Murmur2(key) & 0x7FFF_FFFF) % (uint)partitions);

    internal static uint Murmur2(ReadOnlySpan<byte> data)
    {
        var hash = Seed ^ (uint)data.Length;
        for (; data.Length >= sizeof(uint); data = data[sizeof(uint)..])
        {
            var word = BinaryPrimitives.ReadUInt32LittleEndian(data) * Multiplier;
            hash = (hash * Multiplier) ^ ((word ^ (word >> 24)) * Multiplier);
        }

        if (data.Length > 0)
        {
            uint tail = 0;
            for (var i = 0; i < data.Length; i++) tail |= (uint)data[i] << (8 * i);
            hash = (hash ^ tail) * Multiplier;
        }

        hash = (hash ^ (hash >> 13)) * Multiplier;
        return hash ^ (hash >> 15);
    }
}
