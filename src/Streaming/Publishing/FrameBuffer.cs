using System.Buffers;

namespace Kafka.Stock.Streaming;

/// <summary>A buffer that is written from its start for each record, and grows to the largest.</summary>
sealed class FrameBuffer : IBufferWriter<byte>
{
    const int InitialBytes = 4096;

    byte[] _bytes = new byte[InitialBytes];

    /// <summary>What has been written.</summary>
    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    /// <summary>Bytes written.</summary>
    public int Length { get; private set; }

    /// <summary>Begins again.</summary>
    public void Clear() => Length = 0;

    /// <summary>Replaces the content.</summary>
    public void Fill(ReadOnlySpan<byte> bytes)
    {
        Length = 0;
        bytes.CopyTo(GetSpan(bytes.Length));
        Length = bytes.Length;
    }

    /// <inheritdoc/>
    public void Advance(int count) => Length += count;

    /// <inheritdoc/>
    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _bytes.AsMemory(Length);
    }

    /// <inheritdoc/>
    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _bytes.AsSpan(Length);
    }

    void Reserve(int count)
    {
        var needed = Length + Math.Max(count, 1);
        if (needed > _bytes.Length) Array.Resize(ref _bytes, Math.Max(needed, _bytes.Length * 2));
    }
}
