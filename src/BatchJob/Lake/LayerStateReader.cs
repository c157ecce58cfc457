using System.Text;

namespace Kafka.Stock.BatchJob;

/// <summary>Reads what <see cref="LayerStateWriter"/> wrote.</summary>
/// <remarks>Short or senseless bytes end in <see cref="IOException"/>, <see cref="FormatException"/> or <see cref="ArgumentException"/>:
/// the state isn't used then.</remarks>
sealed class LayerStateReader(Stream input) : IDisposable
{
    readonly BinaryReader _reader = new(input, Encoding.UTF8, leaveOpen: true);

    public int Int() => _reader.ReadInt32();

    public long Long() => _reader.ReadInt64();

    public double Double() => _reader.ReadDouble();

    public bool Truth() => _reader.ReadBoolean();

    public string Text() => _reader.ReadString();

    public byte[] Bytes()
    {
        var length = Count(int.MaxValue);
        var bytes = _reader.ReadBytes(length);
        return bytes.Length == length ? bytes : throw new EndOfStreamException();
    }

    public float[]? Floats()
    {
        var count = _reader.ReadInt32();
        if (count < 0) return null;
        var values = new float[count];
        for (var i = 0; i < count; i++) values[i] = _reader.ReadSingle();
        return values;
    }

    /// <summary>A count within bounds.</summary>
    public int Count(int max)
    {
        var count = _reader.ReadInt32();
        return count >= 0 && count <= max ? count : throw new FormatException($"found a count of {count}; expected at most {max}");
    }

    public void Dispose() => _reader.Dispose();
}
