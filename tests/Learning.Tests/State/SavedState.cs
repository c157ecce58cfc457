namespace Kafka.Stock.Learning.Tests;

/// <summary>One kind of state: how to make it, move it one step, save it and restore it.</summary>
public abstract class SavedState
{
    public abstract int StateBytes { get; }

    public abstract void Step(int step);

    public abstract void Write(ref StateWriter writer);

    public abstract void Read(ref StateReader reader);

    public byte[] Save()
    {
        var bytes = new byte[StateBytes];
        var writer = new StateWriter(bytes);
        Write(ref writer);
        Assert.Equal(StateBytes, writer.Position);
        return bytes;
    }

    public void Restore(ReadOnlySpan<byte> bytes)
    {
        var reader = new StateReader(bytes);
        Read(ref reader);
        Assert.Equal(bytes.Length, reader.Position);
    }
}
