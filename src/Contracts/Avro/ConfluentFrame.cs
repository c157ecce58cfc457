using System.Buffers;
using System.Buffers.Binary;

namespace Kafka.Stock.Contracts;

/// <summary>The frame that registry clients put around a body: a zero byte, the schema's number in four bytes, big-endian, the
/// body.</summary>
/// <remarks>Confluent's wire format, as its Schema Registry documents it.</remarks>
public static class ConfluentFrame
{
    /// <summary>Bytes before the body.</summary>
    public const int PrefixBytes = 5;

    const byte Magic = 0;

    /// <summary>Takes a record's value apart.</summary>
    /// <returns>False when it has no such frame: too short, another magic byte, a negative number.</returns>
    public static bool TryRead(ReadOnlySpan<byte> value, out int schemaId, out ReadOnlySpan<byte> body)
    {
        schemaId = 0;
        body = default;
        if (value.Length < PrefixBytes || value[0] != Magic) return false;
        schemaId = BinaryPrimitives.ReadInt32BigEndian(value[1..]);
        body = value[PrefixBytes..];
        return schemaId >= 0;
    }

    /// <summary>Appends the prefix.</summary>
    public static void WritePrefix(int schemaId, IBufferWriter<byte> output)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(schemaId);
        var prefix = output.GetSpan(PrefixBytes);
        prefix[0] = Magic;
        BinaryPrimitives.WriteInt32BigEndian(prefix[1..], schemaId);
        output.Advance(PrefixBytes);
    }

    /// <summary>Appends a whole value: prefix and body.</summary>
    /// <exception cref="InvalidOperationException">The table has no number for the record's schema.</exception>
    /// <exception cref="ArgumentException">The record can't be written: a number isn't finite, text is broken.</exception>
    public static void Write<TRecord>(SchemaIds ids, in TRecord record, IBufferWriter<byte> output)
        where TRecord : IAvroRecord<TRecord>
    {
        WritePrefix(ids.IdOf<TRecord>(), output);
        AvroBody.Write(record, output);
    }

    /// <summary>The registry's subject of a record type in a topic, by TopicRecordName: several types share our topics.</summary>
    public static string Subject(string topic, string fullName) => $"{topic}-{fullName}";
}
