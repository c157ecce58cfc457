using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace Kafka.Stock.Contracts;

/// <summary>Writes an Avro object container file.</summary>
/// <remarks>The sync marker is made from the schema, not by chance: the same values give the same file.</remarks>
public sealed class AvroContainerWriter
{
    internal const int SyncBytes = 16;

    const int BlockBytes = 64 << 10;

    readonly Stream _stream;
    readonly AvroContainerCodec _codec;
    readonly byte[] _sync;
    readonly ArrayBufferWriter<byte> _block = new();
    readonly ArrayBufferWriter<byte> _head = new();
    long _count;

    /// <summary>Writes the header.</summary>
    /// <param name="stream">Where the file goes; stays open.</param>
    /// <param name="schemaText">JSON of the schema that the bodies are written with.</param>
    /// <param name="codec"><c>null</c>, <c>deflate</c> or <c>snappy</c>.</param>
    /// <exception cref="RefusedException">The codec isn't one of ours.</exception>
    public AvroContainerWriter(Stream stream, string schemaText, string codec = "deflate")
    {
        _stream = stream;
        _codec = AvroContainerCodec.Get(codec, "container file");
        _sync = SHA256.HashData(Encoding.UTF8.GetBytes(schemaText))[..SyncBytes];
        var writer = new AvroWriter(_head);
        writer.WriteFixed("Obj\u0001"u8);
        writer.WriteBlock(2);
        writer.WriteString("avro.schema");
        writer.WriteBytes(Encoding.UTF8.GetBytes(schemaText));
        writer.WriteString("avro.codec");
        writer.WriteBytes(Encoding.UTF8.GetBytes(codec));
        writer.WriteBlocksEnd();
        writer.WriteFixed(_sync);
        writer.Flush();
        _stream.Write(_head.WrittenSpan);
    }

    /// <summary>Appends a value's body; a block is written when 64 KiB have come together.</summary>
    public void Append(ReadOnlySpan<byte> body)
    {
        _block.Write(body);
        _count++;
        if (_block.WrittenCount >= BlockBytes) Flush();
    }

    /// <summary>Writes what has come together as a block. Nothing is lost of a file that was flushed.</summary>
    public void Flush()
    {
        if (_count == 0) return;
        var packed = _codec.Pack(_block.WrittenSpan);
        _head.ResetWrittenCount();
        var writer = new AvroWriter(_head);
        writer.WriteLong(_count);
        writer.WriteLong(packed.Length);
        writer.Flush();
        _stream.Write(_head.WrittenSpan);
        _stream.Write(packed);
        _stream.Write(_sync);
        _stream.Flush();
        _block.ResetWrittenCount();
        _count = 0;
    }
}
