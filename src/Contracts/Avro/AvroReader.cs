using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Text.Unicode;

namespace Kafka.Stock.Contracts;

/// <summary>Reads the Avro binary encoding from bytes that nobody vouches for.</summary>
/// <remarks>Allocates nothing but the strings that are asked for, and never more than the bytes that are left could fill.
/// Every refusal is a <see cref="RecordDefectException"/> whose <see cref="StockException.Where"/> is the offset in the body.
/// Encoding: Apache Avro 1.12 specification, "Binary encoding".</remarks>
public ref struct AvroReader(ReadOnlySpan<byte> bytes)
{
    /// <summary>The most items of no length (nulls, empty records) that a body may hold: their count costs no bytes.</summary>
    public const int MaxEmptyItems = 100_000;

    /// <summary>The most items of an array or map: 2^31 - 1 less what the runtime keeps.</summary>
    const int MaxItems = 2_000_000_000;

    const int MaxVarintBytes = 10;

    readonly ReadOnlySpan<byte> _bytes = bytes;
    int _at = 0;
    int _emptyItems = 0;

    /// <summary>Bytes read so far.</summary>
    public readonly int Offset => _at;

    /// <summary>Bytes left.</summary>
    public readonly int Remaining => _bytes.Length - _at;

    /// <summary>Bytes between two offsets that have been read.</summary>
    internal readonly ReadOnlySpan<byte> Between(int from, int to) => _bytes[from..to];

    /// <summary>Items of no length read so far: who reads several values of one source with a reader each hands it on.</summary>
    internal int EmptyItems
    {
        readonly get => _emptyItems;
        set => _emptyItems = value;
    }

    /// <summary>Reads a boolean: one byte, 0 or 1.</summary>
    public bool ReadBoolean()
    {
        var value = ReadFixed(1)[0];
        if (value > 1) AvroDefect.Throw(_at - 1, $"byte {value}", "a boolean, 0 or 1");
        return value != 0;
    }

    /// <summary>Reads a zigzag varint within 32 bits.</summary>
    public int ReadInt()
    {
        var start = _at;
        var value = ReadLong();
        if (value != (int)value) AvroDefect.Throw(start, $"{value}", "an int of 32 bits");
        return (int)value;
    }

    /// <summary>Reads a zigzag varint of at most 10 bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public long ReadLong()
    {
        if ((uint)_at < (uint)_bytes.Length && _bytes[_at] < 0x80)
        {
            uint first = _bytes[_at++];
            return (int)(first >> 1) ^ -(int)(first & 1);
        }

        return ReadLongSlow();
    }

    /// <summary>Reads over a varint without making its value: of up to 8 bytes any is a long, and the first byte below 0x80 ends
    /// it.</summary>
    internal void PassLong()
    {
        const ulong HighBits = 0x8080_8080_8080_8080;
        if (Remaining >= sizeof(ulong))
        {
            var ends = ~BinaryPrimitives.ReadUInt64LittleEndian(_bytes[_at..]) & HighBits;
            if (ends != 0)
            {
                _at += (BitOperations.TrailingZeroCount(ends) >> 3) + 1;
                return;
            }
        }

        ReadLong();
    }

    /// <summary>Reads four bytes, little-endian.</summary>
    public float ReadFloat() => BinaryPrimitives.ReadSingleLittleEndian(ReadFixed(sizeof(float)));

    /// <summary>Reads eight bytes, little-endian.</summary>
    public double ReadDouble() => BinaryPrimitives.ReadDoubleLittleEndian(ReadFixed(sizeof(double)));

    /// <summary>Reads a float that must be a number.</summary>
    public float ReadFiniteFloat()
    {
        var value = ReadFloat();
        if (!float.IsFinite(value)) AvroDefect.Throw(_at - sizeof(float), $"{value}", "a finite float");
        return value;
    }

    /// <summary>Reads a double that must be a number.</summary>
    public double ReadFiniteDouble()
    {
        var value = ReadDouble();
        if (!double.IsFinite(value)) AvroDefect.Throw(_at - sizeof(double), $"{value}", "a finite double");
        return value;
    }

    /// <summary>Reads a union of null and a double that must be a number.</summary>
    public double? ReadNullableDouble() => ReadUnion(2) == 0 ? null : ReadFiniteDouble();

    /// <summary>Reads a fixed: a view of the bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ReadOnlySpan<byte> ReadFixed(int size)
    {
        if ((uint)size > (uint)Remaining) ThrowShort(size);
        var value = _bytes.Slice(_at, size);
        _at += size;
        return value;
    }

    /// <summary>Reads a bytes value: a view of the bytes.</summary>
    public ReadOnlySpan<byte> ReadBytes() => ReadFixed(ReadLength());

    /// <summary>Reads a string: a view of its UTF-8, which is valid.</summary>
    public ReadOnlySpan<byte> ReadUtf8()
    {
        var utf8 = ReadBytes();
        if (!Utf8.IsValid(utf8)) AvroDefect.Throw(_at - utf8.Length, "bytes that aren't UTF-8", "a string");
        return utf8;
    }

    /// <summary>Reads a string through a pool: a name seen before allocates nothing.</summary>
    public string ReadString(NamePool names)
    {
        var utf8 = ReadBytes();
        var text = names.GetOrAdd(utf8);
        if (text is null) AvroDefect.Throw(_at - utf8.Length, "bytes that aren't UTF-8", "a string");
        return text;
    }

    /// <summary>Reads a string that is new each time.</summary>
    public string ReadString() => System.Text.Encoding.UTF8.GetString(ReadUtf8());

    /// <summary>Reads the index of an enum's symbol.</summary>
    public int ReadEnum(int symbolCount)
    {
        var start = _at;
        var index = ReadLong();
        if ((ulong)index >= (ulong)symbolCount) AvroDefect.Throw(start, $"symbol {index}", $"an index below {symbolCount}");
        return (int)index;
    }

    /// <summary>Reads the index of a union's branch.</summary>
    public int ReadUnion(int branchCount)
    {
        var start = _at;
        var index = ReadLong();
        if ((ulong)index >= (ulong)branchCount) AvroDefect.Throw(start, $"branch {index}", $"an index below {branchCount}");
        return (int)index;
    }

    /// <summary>Reads the head of a block of an array or map.</summary>
    /// <param name="minItemBytes">The fewest bytes that an item takes: a count that can't fit in what is left is refused.</param>
    /// <returns>Items that follow; 0 at the end of the array or map.</returns>
    public int ReadBlock(int minItemBytes) => ReadBlock(minItemBytes, out _);

    /// <summary>Reads the head of a block of an array or map.</summary>
    /// <param name="minItemBytes">The fewest bytes that an item takes: a count that can't fit in what is left is refused.</param>
    /// <param name="sizeBytes">Length of the block where the writer gave it, so that it can be skipped; -1 otherwise.</param>
    /// <returns>Items that follow; 0 at the end of the array or map.</returns>
    public int ReadBlock(int minItemBytes, out int sizeBytes)
    {
        var start = _at;
        var count = ReadLong();
        sizeBytes = -1;
        if (count < 0)
        {
            if (count == long.MinValue) AvroDefect.Throw(start, $"{count} items", "a block's count");
            count = -count;
            sizeBytes = ReadLength();
        }

        var most = minItemBytes > 0 ? Math.Min(Remaining / minItemBytes, MaxItems) : MaxEmptyItems - _emptyItems;
        if (count > most) AvroDefect.Throw(start, $"{count} items", $"at most {most}, with {Remaining} bytes left");
        if (minItemBytes == 0) _emptyItems += (int)count;
        return (int)count;
    }

    /// <summary>Reads a decimal(18,6) of a fixed of 8 bytes: two's complement, big-endian, millionths.</summary>
    public Price ReadPrice()
    {
        var micros = BinaryPrimitives.ReadInt64BigEndian(ReadFixed(sizeof(long)));
        if (micros is <= -Price.Limit or >= Price.Limit)
        {
            AvroDefect.Throw(_at - sizeof(long), $"{micros} millionths", "a decimal of at most 18 digits");
        }

        return new Price(micros);
    }

    /// <summary>Reads the three strings that name a series.</summary>
    public SeriesId ReadSeries(NamePool names) => new(ReadString(names), ReadString(names), ReadString(names));

    /// <summary>Reads a SHA-256 digest, a fixed of 32 bytes, as lower-case hex.</summary>
    /// <param name="current">The same instance is given back when it is what was read, so that an unchanged digest allocates
    /// nothing.</param>
    public string ReadSha256(string current)
    {
        Span<char> hex = stackalloc char[64];
        Convert.TryToHexStringLower(ReadFixed(32), hex, out _);
        return hex.SequenceEqual(current) ? current : new string(hex);
    }

    /// <summary>Moves over bytes that nobody wants.</summary>
    public void Skip(int count) => ReadFixed(count);

    /// <summary>Goes to an offset where a value begins that has been skipped before.</summary>
    internal void Seek(int offset) => _at = offset;

    /// <summary>Refuses bytes after the end of the value.</summary>
    public readonly void RequireEnd()
    {
        if (Remaining > 0) AvroDefect.Throw(_at, $"{Remaining} more bytes", "the end of the record");
    }

    /// <summary>Reads a length that what is left can hold.</summary>
    int ReadLength()
    {
        var start = _at;
        var length = ReadLong();
        if ((ulong)length > (ulong)Remaining) AvroDefect.Throw(start, $"length {length}", $"at most the {Remaining} bytes left");
        return (int)length;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    long ReadLongSlow()
    {
        var rest = _bytes[_at..];
        ulong zigzag = 0;
        for (var i = 0; i < rest.Length && i < MaxVarintBytes; i++)
        {
            ulong part = rest[i];
            zigzag |= (part & 0x7F) << (7 * i);
            if (part >= 0x80) continue;
            if (i == MaxVarintBytes - 1 && part > 1) break;
            _at += i + 1;
            return (long)(zigzag >> 1) ^ -(long)(zigzag & 1);
        }

        if (rest.Length < MaxVarintBytes) AvroDefect.Throw(_bytes.Length, "the end of the bytes", "the rest of a varint");
        AvroDefect.Throw(_at, "a varint beyond 64 bits", "at most 10 bytes");
        return 0;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    readonly void ThrowShort(int size) => AvroDefect.Throw(_at, $"{Remaining} bytes", $"{size} bytes");
}
