using System.Buffers;
using System.Buffers.Binary;

namespace Kafka.Stock.Contracts;

/// <summary>Single-object encoding: two bytes of marker, the schema's CRC-64-AVRO in eight bytes, little-endian, the body.</summary>
/// <remarks>Apache Avro 1.12 specification, "Single-object encoding".</remarks>
public static class AvroSingleObject
{
    /// <summary>Bytes before the body.</summary>
    public const int PrefixBytes = 2 + sizeof(ulong);

    static ReadOnlySpan<byte> Marker => [0xC3, 0x01];

    /// <summary>Takes a value apart.</summary>
    /// <returns>False when it doesn't begin like one.</returns>
    public static bool TryRead(ReadOnlySpan<byte> value, out ulong fingerprint, out ReadOnlySpan<byte> body)
    {
        fingerprint = 0;
        body = default;
        if (value.Length < PrefixBytes || !value.StartsWith(Marker)) return false;
        fingerprint = BinaryPrimitives.ReadUInt64LittleEndian(value[Marker.Length..]);
        body = value[PrefixBytes..];
        return true;
    }

    /// <summary>The body of a value that must have been written with a schema.</summary>
    /// <exception cref="RecordDefectException">Another beginning, or another schema's fingerprint.</exception>
    public static ReadOnlySpan<byte> Read(AvroSchema schema, ReadOnlySpan<byte> value)
    {
        if (!TryRead(value, out var found, out var body)) AvroDefect.Throw(0, "another beginning", "C3 01 and eight bytes of fingerprint");
        var expected = AvroFingerprint.Crc64(schema);
        if (found != expected) AvroDefect.Throw(Marker.Length, $"fingerprint {found:x16}", $"{expected:x16}, that of {schema.FullName}");
        return body;
    }

    /// <summary>Appends a whole value.</summary>
    public static void Write(AvroSchema schema, ReadOnlySpan<byte> body, IBufferWriter<byte> output)
    {
        var prefix = output.GetSpan(PrefixBytes);
        Marker.CopyTo(prefix);
        BinaryPrimitives.WriteUInt64LittleEndian(prefix[Marker.Length..], AvroFingerprint.Crc64(schema));
        output.Advance(PrefixBytes);
        output.Write(body);
    }
}
