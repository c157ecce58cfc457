using System.Text;

namespace Kafka.Stock.BatchJob;

/// <summary>Writes carried state: little-endian, texts with their length.</summary>
sealed class LayerStateWriter(Stream output) : IDisposable
{
    readonly BinaryWriter _writer = new(output, Encoding.UTF8, leaveOpen: true);

    public void Int(int value) => _writer.Write(value);

    public void Long(long value) => _writer.Write(value);

    public void Double(double value) => _writer.Write(value);

    public void Truth(bool value) => _writer.Write(value);

    public void Text(string value) => _writer.Write(value);

    public void Bytes(ReadOnlySpan<byte> value)
    {
        _writer.Write(value.Length);
        _writer.Write(value);
    }

    public void Floats(float[]? values)
    {
        _writer.Write(values?.Length ?? -1);
        foreach (var value in values ?? []) _writer.Write(value);
    }

    public void Dispose() => _writer.Dispose();
}
