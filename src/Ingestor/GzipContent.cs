using System.IO.Compression;

namespace Kafka.Stock.Ingestor;

/// <summary>Unpacks gzip, and knows whether it was whole.</summary>
/// <remarks>
/// <see cref="GZipStream"/> ends a truncated file as though it were complete. So one more member, whose content is known, is put behind
/// the file. It comes out at the end exactly when all members before it were complete, and is then left out. The unpacker asks for more
/// input only when it has given all that it could make of the input before, so nothing made of the seal is ever taken for data.
/// Checksums are checked by <see cref="GZipStream"/> itself.
/// </remarks>
sealed class GzipContent : IDisposable
{
    static readonly byte[] s_seal = "the end of the packed file, aaaaaaaaaaaaaaaa"u8.ToArray();
    static readonly byte[] s_packedSeal = Pack(s_seal);

    readonly SealedInput _input;
    readonly GZipStream _unpacked;
    bool _ended;

    /// <summary>Starts at the first byte of a packed file.</summary>
    public GzipContent(Stream packed)
    {
        _input = new SealedInput(packed, s_packedSeal);
        _unpacked = new GZipStream(_input, CompressionMode.Decompress);
    }

    /// <summary>Reads unpacked bytes; 0 at the end of a whole file.</summary>
    /// <exception cref="InvalidDataException">Truncated or damaged; all that came before has been given.</exception>
    public int Read(Span<byte> target)
    {
        if (_ended) return 0;
        var count = _unpacked.Read(target);
        if (!_input.IsPastEnd) return count;
        CheckSeal(target[..count]);
        _ended = true;
        return 0;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _unpacked.Dispose();
        _input.Dispose();
    }

    void CheckSeal(ReadOnlySpan<byte> beginning)
    {
        Span<byte> rest = stackalloc byte[s_seal.Length + 1];
        var isSeal = s_seal.AsSpan().StartsWith(beginning);
        var count = isSeal ? _unpacked.ReadAtLeast(rest, rest.Length, throwOnEndOfStream: false) : 0;
        if (!isSeal || !rest[..count].SequenceEqual(s_seal.AsSpan(beginning.Length))) throw new InvalidDataException("gzip: truncated");
    }

    static byte[] Pack(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var packer = new GZipStream(packed, CompressionLevel.Optimal)) packer.Write(content);
        return packed.ToArray();
    }
}
