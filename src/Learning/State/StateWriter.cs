using System.Buffers.Binary;

namespace Kafka.Stock.Learning;

/// <summary>Writes state as little-endian bytes into a buffer that the caller has sized by <c>StateBytes</c>.</summary>
/// <param name="buffer">Where it writes, from the start.</param>
/// <remarks>A write beyond the buffer throws <see cref="ArgumentOutOfRangeException"/>: a bug of the caller.</remarks>
public ref struct StateWriter(Span<byte> buffer)
{
    readonly Span<byte> _buffer = buffer;

    /// <summary>Bytes written so far.</summary>
    public int Position { get; private set; }

    /// <summary>Writes one byte.</summary>
    public void Byte(byte value) => Next(1)[0] = value;

    /// <summary>Writes one byte, 0 or 1.</summary>
    public void Boolean(bool value) => Byte(value ? (byte)1 : (byte)0);

    /// <summary>Writes 4 bytes.</summary>
    public void Int32(int value) => BinaryPrimitives.WriteInt32LittleEndian(Next(sizeof(int)), value);

    /// <summary>Writes 8 bytes.</summary>
    public void Int64(long value) => BinaryPrimitives.WriteInt64LittleEndian(Next(sizeof(long)), value);

    /// <summary>Writes the exact bits, 4 bytes.</summary>
    public void Single(float value) => BinaryPrimitives.WriteSingleLittleEndian(Next(sizeof(float)), value);

    /// <summary>Writes the exact bits, 8 bytes.</summary>
    public void Double(double value) => BinaryPrimitives.WriteDoubleLittleEndian(Next(sizeof(double)), value);

    /// <summary>Writes the values one after the other, without their number.</summary>
    public void Singles(scoped ReadOnlySpan<float> values)
    {
        foreach (var value in values) Single(value);
    }

    /// <summary>Writes the values one after the other, without their number.</summary>
    public void Doubles(scoped ReadOnlySpan<double> values)
    {
        foreach (var value in values) Double(value);
    }

    Span<byte> Next(int count)
    {
        var span = _buffer.Slice(Position, count);
        Position += count;
        return span;
    }
}
