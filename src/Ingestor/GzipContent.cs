using System.IO.Compression;

namespace Kafka.Stock.Ingestor;

/// <summary>Unpacks gzip, and knows whether it was whole.</summary>
/// <remarks>
/// <see cref="GZipStream"/> ends a truncated file as though it were complete. So one more member, whose content is known, is put behind
/// the file: it comes out at the end exactly when all members before it were complete, and is then left out. Checksums are checked by
/// <see cref="GZipStream"/> itself.
/// </remarks>
sealed class GzipContent(Stream packed) : IDisposable
{
    const int BufferBytes = 16 * 1_024;

    static readonly byte[] s_seal = "the end of the packed file, aaaaaaaaaaaaaaaa"u8.ToArray();
    static readonly byte[] s_packedSeal = Pack(s_seal);

    readonly GZipStream _unpacked = new(new SealedInput(packed, s_packedSeal), CompressionMode.Decompress);
    readonly byte[] _buffer = new byte[BufferBytes];
    int _given;
    int _count;
    bool _ended;

    /// <summary>Reads unpacked bytes; 0 at the end of a whole file.</summary>
    /// <exception cref="InvalidDataException">Truncated or damaged.</exception>
    public int Read(Span<byte> target)
    {
        while (!_ended && Ready <= 0) Fill();
        var count = Math.Clamp(Ready, 0, target.Length);
        _buffer.AsSpan(_given, count).CopyTo(target);
        _given += count;
        return count;
    }

    /// <inheritdoc/>
    public void Dispose() => _unpacked.Dispose();

    /// <summary>Bytes that can't be part of the seal.</summary>
    int Ready => _count - _given - s_seal.Length;

    void Fill()
    {
        _buffer.AsSpan(_given, _count - _given).CopyTo(_buffer);
        _count -= _given;
        _given = 0;
        var count = _unpacked.Read(_buffer.AsSpan(_count));
        _count += count;
        _ended = count == 0;
        if (_ended && !_buffer.AsSpan(_given, _count - _given).EndsWith(s_seal)) throw new InvalidDataException("gzip: no end of the file");
    }

    static byte[] Pack(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var packer = new GZipStream(packed, CompressionLevel.Optimal)) packer.Write(content);
        return packed.ToArray();
    }
}
