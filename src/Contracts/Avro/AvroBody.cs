using System.Buffers;

namespace Kafka.Stock.Contracts;

/// <summary>A whole record as bytes, and back.</summary>
public static class AvroBody
{
    /// <summary>Appends the body of a record.</summary>
    public static void Write<TRecord>(in TRecord value, IBufferWriter<byte> output)
        where TRecord : IAvroRecord<TRecord>
    {
        var writer = new AvroWriter(output);
        TRecord.Write(value, ref writer);
        writer.Flush();
    }

    /// <summary>Reads a body to its last byte. A class is filled in place when <paramref name="value"/> isn't null.</summary>
    /// <exception cref="RecordDefectException">Truncated or hostile bytes, or bytes after the end.</exception>
    public static void Read<TRecord>(ReadOnlySpan<byte> body, NamePool names, ref TRecord? value)
        where TRecord : IAvroRecord<TRecord>
    {
        var reader = new AvroReader(body);
        TRecord.Read(ref reader, names, ref value);
        reader.RequireEnd();
    }
}
