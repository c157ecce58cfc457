using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Kafka.Stock.Lakehouse;

/// <summary>Compresses as Snappy does, the codec that every reader of Parquet has.</summary>
/// <remarks>Format: <c>format_description.txt</c> of google/snappy. Blocks of 64 KiB, so that a copy's distance fits two bytes.</remarks>
static class Snappy
{
    const int BlockLength = 1 << 16;
    const int HashBits = 14;
    const int MatchLengthMin = 4;

    /// <summary>Of a tag, its two lowest bits: a literal, or a copy with a distance of two bytes.</summary>
    const int LiteralTag = 0, CopyTag = 2;

    /// <summary>Longest copy of one tag.</summary>
    const int CopyLengthMax = 64;

    /// <summary>Room that the result can need.</summary>
    public static int MaxLength(int length) => checked(32 + length + (length / 6));

    /// <summary>Compresses a text into another place.</summary>
    /// <param name="source">What is to be compressed.</param>
    /// <param name="target">At least <see cref="MaxLength"/> bytes.</param>
    /// <returns>Bytes written.</returns>
    public static int Compress(ReadOnlySpan<byte> source, Span<byte> target)
    {
        var written = WriteLength(target, source.Length);
        Span<ushort> seen = stackalloc ushort[1 << HashBits];
        for (var start = 0; start < source.Length; start += BlockLength)
        {
            var block = source.Slice(start, Math.Min(BlockLength, source.Length - start));
            seen.Clear();
            written += CompressBlock(block, target[written..], seen);
        }

        return written;
    }

    static int CompressBlock(ReadOnlySpan<byte> block, Span<byte> target, Span<ushort> seen)
    {
        var (at, literal, written) = (0, 0, 0);
        var misses = 32;
        while (at + MatchLengthMin <= block.Length)
        {
            var four = Four(block, at);
            ref var slot = ref seen[(int)((four * 0x1E35A7BDu) >> (32 - HashBits))];
            var candidate = (int)slot;
            slot = (ushort)at;
            if (candidate >= at || Four(block, candidate) != four)
            {
                // What doesn't compress is passed over in ever longer steps.
                at += misses++ >> 5;
                continue;
            }

            misses = 32;
            written += WriteLiteral(block[literal..at], target[written..]);
            var length = MatchLengthMin
                + block[(at + MatchLengthMin)..].CommonPrefixLength(block[(candidate + MatchLengthMin)..]);
            written += WriteCopy(at - candidate, length, target[written..]);
            at += length;
            literal = at;
        }

        return written + WriteLiteral(block[literal..], target[written..]);
    }

    static uint Four(ReadOnlySpan<byte> block, int at) =>
        Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref MemoryMarshal.GetReference(block), at));

    static int WriteLiteral(ReadOnlySpan<byte> literal, Span<byte> target)
    {
        const int ShortMax = 60;
        if (literal.IsEmpty) return 0;
        var n = literal.Length - 1;
        var head = 1;
        if (n < ShortMax)
        {
            target[0] = (byte)((n << 2) | LiteralTag);
        }
        else if (n < 256)
        {
            (target[0], target[1], head) = ((ShortMax << 2) | LiteralTag, (byte)n, 2);
        }
        else
        {
            target[0] = ((ShortMax + 1) << 2) | LiteralTag;
            BinaryPrimitives.WriteUInt16LittleEndian(target[1..], (ushort)n);
            head = 3;
        }

        literal.CopyTo(target[head..]);
        return head + literal.Length;
    }

    static int WriteCopy(int distance, int length, Span<byte> target)
    {
        var written = 0;
        for (; length > 0; written += 3)
        {
            var part = Math.Min(length, CopyLengthMax);
            target[written] = (byte)(((part - 1) << 2) | CopyTag);
            BinaryPrimitives.WriteUInt16LittleEndian(target[(written + 1)..], (ushort)distance);
            length -= part;
        }

        return written;
    }

    static int WriteLength(Span<byte> target, int length)
    {
        var written = 0;
        for (var rest = (uint)length; ; rest >>= 7)
        {
            target[written++] = (byte)(rest < 128 ? rest : rest | 128);
            if (rest < 128) return written;
        }
    }
}
