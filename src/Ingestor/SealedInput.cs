namespace Kafka.Stock.Ingestor;

/// <summary>A stream, and behind its end some bytes more.</summary>
sealed class SealedInput(Stream input, ReadOnlyMemory<byte> seal) : Stream
{
    int _sealed;

    /// <summary>True when bytes of the seal have been given.</summary>
    public bool IsPastEnd => _sealed > 0;

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        var count = _sealed == 0 ? input.Read(buffer) : 0;
        if (count > 0) return count;
        count = Math.Min(buffer.Length, seal.Length - _sealed);
        seal.Span.Slice(_sealed, count).CopyTo(buffer);
        _sealed += count;
        return count;
    }

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
