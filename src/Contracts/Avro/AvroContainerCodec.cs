using System.IO.Compression;

namespace Kafka.Stock.Contracts;

/// <summary>How blocks of a container file are packed.</summary>
sealed class AvroContainerCodec
{
    readonly Func<byte[], byte[]> _pack;
    readonly Func<byte[], int, byte[]?> _unpack;

    AvroContainerCodec(string name, Func<byte[], byte[]> pack, Func<byte[], int, byte[]?> unpack) =>
        (Name, _pack, _unpack) = (name, pack, unpack);

    public string Name { get; }

    /// <summary>The codec of a name.</summary>
    /// <exception cref="RefusedException">It isn't one of ours.</exception>
    public static AvroContainerCodec Get(string name, string file) => name switch
    {
        "null" => new AvroContainerCodec(name, plain => plain, (packed, most) => packed.Length <= most ? packed : null),
        "deflate" => new AvroContainerCodec(name, Deflate, Inflate),
        "snappy" => new AvroContainerCodec(name, AvroSnappy.Pack, AvroSnappy.Unpack),
        _ => throw new RefusedException(file, $"codec '{name}'", "null, deflate or snappy"),
    };

    public byte[] Pack(ReadOnlySpan<byte> plain) => _pack(plain.ToArray());

    /// <summary>The plain bytes; null when they can't be had, or are more than <paramref name="most"/>.</summary>
    public byte[]? Unpack(byte[] packed, int most) => _unpack(packed, most);

    static byte[] Deflate(byte[] plain)
    {
        using var packed = new MemoryStream();
        using (var deflate = new DeflateStream(packed, CompressionLevel.Optimal, leaveOpen: true)) deflate.Write(plain);
        return packed.ToArray();
    }

    static byte[]? Inflate(byte[] packed, int most)
    {
        try
        {
            using var inflate = new DeflateStream(new MemoryStream(packed), CompressionMode.Decompress);
            using var plain = new MemoryStream();
            var piece = new byte[64 << 10];
            for (var read = inflate.Read(piece); read > 0; read = inflate.Read(piece))
            {
                if (plain.Length + read > most) return null;
                plain.Write(piece, 0, read);
            }

            return plain.ToArray();
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }
}
