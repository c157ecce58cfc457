using System.Buffers;

namespace Kafka.Stock.Lakehouse;

/// <summary>Bytes that grow in arrays of the shared pool: megabytes that come and go with each checkpoint are no garbage.</summary>
sealed class PooledBytes : IBufferWriter<byte>, IDisposable
{
    const int FirstLength = 256;

    byte[] _bytes = ArrayPool<byte>.Shared.Rent(FirstLength);

    /// <summary>How many there are.</summary>
    public int WrittenCount { get; private set; }

    /// <summary>All of them; not to be used after the next change.</summary>
    public ReadOnlySpan<byte> WrittenSpan => _bytes.AsSpan(0, WrittenCount);

    /// <summary>Begins anew, in the same memory.</summary>
    public void Clear() => WrittenCount = 0;

    /// <inheritdoc/>
    public void Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, _bytes.Length - WrittenCount);
        WrittenCount += count;
    }

    /// <inheritdoc/>
    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Grow(sizeHint);
        return _bytes.AsMemory(WrittenCount);
    }

    /// <inheritdoc/>
    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Grow(sizeHint);
        return _bytes.AsSpan(WrittenCount);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_bytes.Length > 0) ArrayPool<byte>.Shared.Return(_bytes);
        (_bytes, WrittenCount) = ([], 0);
    }

    void Grow(int sizeHint)
    {
        var wanted = checked(WrittenCount + Math.Max(sizeHint, 1));
        if (wanted <= _bytes.Length) return;
        var larger = ArrayPool<byte>.Shared.Rent((int)Math.Min(Math.Max(wanted, 2L * _bytes.Length), Array.MaxLength));
        WrittenSpan.CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = larger;
    }
}
