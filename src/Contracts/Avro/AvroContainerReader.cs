using System.Text;

namespace Kafka.Stock.Contracts;

/// <summary>Reads an Avro object container file block by block, in bounded memory.</summary>
/// <remarks>Apache Avro 1.12 specification, "Object Container Files". Codecs: null, deflate and snappy; another one is refused by name.
/// A block's values are read by <see cref="AvroReader"/>, <see cref="AvroJson"/> or <see cref="AvroResolution"/>.</remarks>
public sealed class AvroContainerReader
{
    /// <summary>The biggest block, packed or unpacked, bytes; the same for the header.</summary>
    public const int MaxBlockBytes = 64 << 20;

    const int MaxEntries = 10_000;

    readonly string _name;
    readonly Stream _stream;
    readonly AvroContainerCodec _codec;
    readonly byte[] _sync;
    long _offset;

    /// <summary>Reads the header.</summary>
    /// <param name="name">What the file is called in messages.</param>
    /// <param name="stream">The file from its first byte; stays open, and is best buffered.</param>
    /// <exception cref="BrokenInputException">It isn't a container file, or its schema is none.</exception>
    /// <exception cref="RefusedException">Its codec isn't one of ours.</exception>
    public AvroContainerReader(string name, Stream stream)
    {
        (_name, _stream) = (name, stream);
        if (!Take(4).AsSpan().SequenceEqual("Obj\u0001"u8)) throw Broken("another beginning", "Obj and a byte of 1");
        Metadata = ReadMetadata();
        if (!Metadata.TryGetValue("avro.schema", out var schema)) throw Broken("no avro.schema", "a schema in the header");
        SchemaText = Encoding.UTF8.GetString(schema.Span);
        Schema = AvroSchema.Parse(SchemaText);
        var codec = Metadata.TryGetValue("avro.codec", out var value) ? Encoding.UTF8.GetString(value.Span) : "null";
        _codec = AvroContainerCodec.Get(codec, name);
        _sync = Take(AvroContainerWriter.SyncBytes);
    }

    /// <summary>The header's entries.</summary>
    public IReadOnlyDictionary<string, ReadOnlyMemory<byte>> Metadata { get; }

    /// <summary>The schema that the values were written with, as text.</summary>
    public string SchemaText { get; }

    /// <summary>The schema that the values were written with.</summary>
    public AvroSchema Schema { get; }

    /// <summary>Reads the next block.</summary>
    /// <param name="count">Values in it.</param>
    /// <param name="body">Their bodies, one after the other.</param>
    /// <returns>False at the end of the file.</returns>
    /// <exception cref="BrokenInputException">The file is cut or spoilt.</exception>
    public bool TryReadBlock(out long count, out ReadOnlyMemory<byte> body)
    {
        body = default;
        count = 0;
        var first = _stream.ReadByte();
        if (first < 0) return false;
        _offset++;
        count = ReadLong(first);
        var size = ReadLong(NextByte());
        if (size is < 0 or > MaxBlockBytes) throw Broken($"a block of {size} bytes", $"at most {MaxBlockBytes} bytes");
        var packed = Take((int)size);
        if (!Take(_sync.Length).AsSpan().SequenceEqual(_sync)) throw Broken("another marker", "the file's sync marker after the block");
        body = _codec.Unpack(packed, MaxBlockBytes) ?? throw Broken("a block that can't be unpacked", $"a block packed by {_codec.Name}");
        var most = Schema.MinBytes > 0 ? body.Length / Schema.MinBytes : AvroReader.MaxEmptyItems;
        if (count < 0 || count > most) throw Broken($"{count} values in {body.Length} bytes", $"at most {most} values");
        return true;
    }

    Dictionary<string, ReadOnlyMemory<byte>> ReadMetadata()
    {
        var metadata = new Dictionary<string, ReadOnlyMemory<byte>>();
        for (var count = ReadLong(NextByte()); count != 0; count = ReadLong(NextByte()))
        {
            if (count < 0)
            {
                count = count == long.MinValue ? long.MaxValue : -count;
                ReadLong(NextByte());
            }

            if (count > MaxEntries - metadata.Count) throw Broken($"{count} entries", $"at most {MaxEntries} in the header");
            for (; count > 0; count--)
            {
                var key = Encoding.UTF8.GetString(TakeSized());
                metadata[key] = TakeSized();
            }
        }

        return metadata;
    }

    byte[] TakeSized()
    {
        var size = ReadLong(NextByte());
        if (size < 0 || size > MaxBlockBytes - _offset) throw Broken($"an entry of {size} bytes", $"a header of {MaxBlockBytes} bytes");
        return Take((int)size);
    }

    int NextByte()
    {
        var value = _stream.ReadByte();
        if (value < 0) throw Broken("the end of the file", "more bytes");
        _offset++;
        return value;
    }

    long ReadLong(int first)
    {
        var zigzag = (ulong)(first & 0x7F);
        var last = first;
        for (var shift = 7; last >= 0x80; shift += 7)
        {
            last = NextByte();
            if (shift == 63 && last > 1) throw Broken("a varint beyond 64 bits", "at most 10 bytes");
            zigzag |= (ulong)(last & 0x7F) << shift;
        }

        return (long)(zigzag >> 1) ^ -(long)(zigzag & 1);
    }

    /// <summary>Takes bytes in pieces, so that a length which the file doesn't keep costs no more than the file has.</summary>
    byte[] Take(int size)
    {
        const int Piece = 1 << 20;
        var taken = new byte[Math.Min(size, Piece)];
        var used = 0;
        while (used < size)
        {
            if (used == taken.Length) Array.Resize(ref taken, (int)Math.Min(size, taken.Length * 2L));
            var read = _stream.Read(taken, used, taken.Length - used);
            if (read == 0) throw Broken("the end of the file", $"{size - used} more bytes");
            used += read;
            _offset += read;
        }

        return taken;
    }

    BrokenInputException Broken(string found, string expected) =>
        new(FormattableString.Invariant($"{_name} at byte {_offset}"), found, expected);
}
