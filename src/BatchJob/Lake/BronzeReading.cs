using System.Buffers;
using Kafka.Stock.Contracts;

namespace Kafka.Stock.BatchJob;

/// <summary>Reads a body that can be written again to the same bytes.</summary>
static class BronzeReading
{
    [ThreadStatic]
    static ArrayBufferWriter<byte>? s_again;

    /// <summary>False where it can't be read, or where its columns wouldn't give it back bit for bit.</summary>
    public static bool TryRead<TRecord>(in LakeRecord record, NamePool names, ref TRecord? value)
        where TRecord : IAvroRecord<TRecord>
    {
        if (record.SchemaName != TRecord.SchemaName) return false;
        try
        {
            AvroBody.Read(record.Body, names, ref value);
            var again = s_again ??= new ArrayBufferWriter<byte>(4_096);
            again.ResetWrittenCount();
            AvroBody.Write(value!, again);
            return again.WrittenSpan.SequenceEqual(record.Body);
        }
        catch (Exception error) when (error is RecordDefectException or ArgumentException)
        {
            return false;
        }
    }
}
