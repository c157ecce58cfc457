using System.Buffers.Binary;
using System.Globalization;

namespace Kafka.Stock.Learning;

/// <summary>Reads what <see cref="StateWriter"/> wrote.</summary>
/// <param name="buffer">What it reads, from the start.</param>
/// <remarks>Every method throws <see cref="StateFormatException"/> when the bytes end too early.</remarks>
public ref struct StateReader(ReadOnlySpan<byte> buffer)
{
    readonly ReadOnlySpan<byte> _buffer = buffer;

    /// <summary>Bytes read so far.</summary>
    public int Position { get; private set; }

    /// <summary>Reads one byte.</summary>
    public byte Byte() => Next(1)[0];

    /// <summary>Reads one byte that must be 0 or 1.</summary>
    public bool Boolean()
    {
        var value = Byte();
        return value <= 1 ? value == 1 : throw Defect(Position - 1, Text(value), "0 or 1");
    }

    /// <summary>Reads 4 bytes.</summary>
    public int Int32() => BinaryPrimitives.ReadInt32LittleEndian(Next(sizeof(int)));

    /// <summary>Reads 8 bytes.</summary>
    public long Int64() => BinaryPrimitives.ReadInt64LittleEndian(Next(sizeof(long)));

    /// <summary>Reads 4 bytes.</summary>
    public float Single() => BinaryPrimitives.ReadSingleLittleEndian(Next(sizeof(float)));

    /// <summary>Reads 8 bytes.</summary>
    public double Double() => BinaryPrimitives.ReadDoubleLittleEndian(Next(sizeof(double)));

    /// <summary>Fills the span.</summary>
    public void Singles(scoped Span<float> values)
    {
        for (var i = 0; i < values.Length; i++) values[i] = Single();
    }

    /// <summary>Fills the span.</summary>
    public void Doubles(scoped Span<double> values)
    {
        for (var i = 0; i < values.Length; i++) values[i] = Double();
    }

    /// <summary>Reads 4 bytes that must be the given number, for example the mark of a layout.</summary>
    /// <exception cref="StateFormatException">They are another.</exception>
    public void Expect(int value, string what)
    {
        var found = Int32();
        if (found != value) throw Defect(Position - sizeof(int), Text(found), $"{what} {Text(value)}");
    }

    /// <summary>Reads 4 bytes that must lie in a range, both ends included.</summary>
    /// <exception cref="StateFormatException">They don't.</exception>
    public int Int32Within(int low, int high, string what)
    {
        var found = Int32();
        if (found < low || found > high) throw Defect(Position - sizeof(int), Text(found), $"{what} from {Text(low)} to {Text(high)}");
        return found;
    }

    ReadOnlySpan<byte> Next(int count)
    {
        if (count > _buffer.Length - Position) throw Defect(Position, $"{Text(_buffer.Length - Position)} bytes", $"{Text(count)} more");
        var span = _buffer.Slice(Position, count);
        Position += count;
        return span;
    }

    static StateFormatException Defect(int at, string found, string expected) => new($"state@{Text(at)}", found, expected);

    static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
