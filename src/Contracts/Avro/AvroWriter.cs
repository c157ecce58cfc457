using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Unicode;

namespace Kafka.Stock.Contracts;

/// <summary>Writes the Avro binary encoding to a buffer that its owner uses again and again, such as an
/// <see cref="ArrayBufferWriter{T}"/>.</summary>
/// <remarks>Allocates nothing once the buffer has grown. Nothing counts as written before <see cref="Flush"/>.
/// What can't be written (a lone surrogate, a number that isn't finite where it must be) is a bug of the caller:
/// <see cref="ArgumentException"/>.</remarks>
public ref struct AvroWriter(IBufferWriter<byte> output)
{
    const int ChunkBytes = 512;
    const int MaxVarintBytes = 10;
    static readonly SearchValues<char> s_lowerHex = SearchValues.Create("0123456789abcdef");

    readonly IBufferWriter<byte> _output = output;
    Span<byte> _free = default;
    int _used = 0;
    long _flushed = 0;

    /// <summary>Bytes written so far.</summary>
    public readonly long Written => _flushed + _used;

    /// <summary>Hands what was written to the buffer.</summary>
    public void Flush()
    {
        if (_used > 0) _output.Advance(_used);
        _flushed += _used;
        _free = default;
        _used = 0;
    }

    /// <summary>Writes one byte, 0 or 1.</summary>
    public void WriteBoolean(bool value) => Take(1)[0] = value ? (byte)1 : (byte)0;

    /// <summary>Writes a zigzag varint.</summary>
    public void WriteInt(int value) => WriteLong(value);

    /// <summary>Writes a zigzag varint.</summary>
    public void WriteLong(long value)
    {
        var zigzag = ((ulong)value << 1) ^ (ulong)(value >> 63);
        if (_free.Length - _used < MaxVarintBytes) Grow(MaxVarintBytes);
        var free = _free;
        var at = _used;
        while (zigzag >= 0x80)
        {
            free[at++] = (byte)(zigzag | 0x80);
            zigzag >>= 7;
        }

        free[at++] = (byte)zigzag;
        _used = at;
    }

    /// <summary>Writes four bytes, little-endian.</summary>
    public void WriteFloat(float value) => BinaryPrimitives.WriteSingleLittleEndian(Take(sizeof(float)), value);

    /// <summary>Writes eight bytes, little-endian.</summary>
    public void WriteDouble(double value) => BinaryPrimitives.WriteDoubleLittleEndian(Take(sizeof(double)), value);

    /// <summary>Writes a float that must be a number.</summary>
    /// <exception cref="ArgumentException">It isn't: nothing that isn't finite is ever published.</exception>
    public void WriteFiniteFloat(float value)
    {
        if (!float.IsFinite(value)) throw new ArgumentException($"found {value}; expected a finite float", nameof(value));
        WriteFloat(value);
    }

    /// <summary>Writes a double that must be a number.</summary>
    /// <exception cref="ArgumentException">It isn't: nothing that isn't finite is ever published.</exception>
    public void WriteFiniteDouble(double value)
    {
        if (!double.IsFinite(value)) throw new ArgumentException($"found {value}; expected a finite double", nameof(value));
        WriteDouble(value);
    }

    /// <summary>Writes a union of null and a double that must be a number.</summary>
    /// <exception cref="ArgumentException">It isn't finite.</exception>
    public void WriteNullableDouble(double? value)
    {
        WriteLong(value is null ? 0 : 1);
        if (value is not null) WriteFiniteDouble(value.Value);
    }

    /// <summary>Writes bytes without their length.</summary>
    public void WriteFixed(ReadOnlySpan<byte> value) => value.CopyTo(Take(value.Length));

    /// <summary>Writes bytes with their length.</summary>
    public void WriteBytes(ReadOnlySpan<byte> value)
    {
        WriteLong(value.Length);
        WriteFixed(value);
    }

    /// <summary>Writes a string as UTF-8 with its length.</summary>
    /// <exception cref="ArgumentException">A surrogate stands alone.</exception>
    public void WriteString(ReadOnlySpan<char> value)
    {
        const int OneByteLengthChars = 63 / 3;
        if (value.Length <= OneByteLengthChars)
        {
            if (_free.Length - _used < 64) Grow(64);
            var length = Transcode(value, _free[(_used + 1)..]);
            _free[_used] = (byte)(length << 1);
            _used += length + 1;
            return;
        }

        var byteCount = Encoding.UTF8.GetByteCount(value);
        WriteLong(byteCount);
        Transcode(value, Take(byteCount));
    }

    /// <summary>Begins a block of an array or map; no bytes for an empty one. Close with <see cref="WriteBlocksEnd"/>.</summary>
    public void WriteBlock(int count)
    {
        if (count > 0) WriteLong(count);
    }

    /// <summary>Ends an array or map.</summary>
    public void WriteBlocksEnd() => WriteLong(0);

    /// <summary>Writes a decimal(18,6) as a fixed of 8 bytes: two's complement, big-endian, millionths.</summary>
    /// <exception cref="ArgumentException">More than 18 digits.</exception>
    public void WritePrice(Price value)
    {
        if (value.Micros is <= -Price.Limit or >= Price.Limit)
        {
            throw new ArgumentException($"found {value.Micros} millionths; expected at most 18 digits", nameof(value));
        }

        BinaryPrimitives.WriteInt64BigEndian(Take(sizeof(long)), value.Micros);
    }

    /// <summary>Writes the index of an enum's symbol.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The enum has no such symbol.</exception>
    public void WriteEnum(int index, int symbolCount)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)symbolCount, nameof(index));
        WriteLong(index);
    }

    /// <summary>Writes the three strings that name a series.</summary>
    public void WriteSeries(in SeriesId series)
    {
        WriteString(series.Symbol);
        WriteString(series.Interval);
        WriteString(series.Source);
    }

    /// <summary>Writes a SHA-256 digest, given as 64 hex digits, as a fixed of 32 bytes.</summary>
    /// <exception cref="ArgumentException">It isn't 64 lower-case hex digits.</exception>
    public void WriteSha256(string hex)
    {
        var valid = hex.Length == 64 && !hex.AsSpan().ContainsAnyExcept(s_lowerHex)
            && Convert.FromHexString(hex, Take(32), out _, out _) == OperationStatus.Done;
        if (!valid) throw new ArgumentException($"found '{hex}'; expected 64 lower-case hex digits", nameof(hex));
    }

    static int Transcode(ReadOnlySpan<char> text, Span<byte> utf8)
    {
        var status = Utf8.FromUtf16(text, utf8, out _, out var written, replaceInvalidSequences: false);
        return status == OperationStatus.Done
            ? written
            : throw new ArgumentException("found a surrogate without its other half; expected text", nameof(text));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    Span<byte> Take(int count)
    {
        if (_free.Length - _used < count) Grow(count);
        var taken = _free.Slice(_used, count);
        _used += count;
        return taken;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    void Grow(int count)
    {
        Flush();
        _free = _output.GetSpan(Math.Max(count, ChunkBytes));
    }
}
