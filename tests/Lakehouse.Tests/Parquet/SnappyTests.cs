using System.Text;

namespace Kafka.Stock.Lakehouse.Tests;

/// <summary>Snappy's texts, taken apart by the format's description and, in a Parquet file, by DuckDB.</summary>
public sealed class SnappyTests
{
    [Fact]
    public void A_text_comes_apart_as_the_format_says()
    {
        var text = "abcdabcdabcdabcd-abcd"u8;
        var target = new byte[Snappy.MaxLength(text.Length)];
        var length = Snappy.Compress(text, target);
        byte[] expected = [21, 3 << 2, .. "abcd"u8, (11 << 2) | 2, 4, 0, 0, (byte)'-', (3 << 2) | 2];
        Assert.Equal(expected, target.AsSpan(0, expected.Length).ToArray());
        Assert.Equal(text.ToArray(), Unpack(target.AsSpan(0, length)));
    }

    /// <summary>Lengths around those of literals' heads and of blocks; texts that compress well, a little and not at all.</summary>
    [Fact]
    public void Every_length_and_kind_comes_back()
    {
        var draws = new Draws(7);
        int[] lengths = [0, 1, 3, 4, 5, 59, 60, 61, 62, 255, 256, 257, 300, 65_535, 65_536, 65_537, 70_000, 200_001];
        foreach (var length in lengths)
        {
            foreach (var kinds in new[] { 1, 2, 16, 256 })
            {
                var text = new byte[length];
                for (var i = 0; i < length; i++) text[i] = (byte)draws.Next(kinds);
                Check(text);
            }

            Check([.. Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, length / 20 + 1).Select(i => $"part-{i:D9}.parquet")))]);
        }
    }

    [Fact]
    public void What_repeats_becomes_short()
    {
        var text = new byte[1 << 20];
        Assert.InRange(Snappy.Compress(text, new byte[Snappy.MaxLength(text.Length)]), 1, text.Length / 20);
    }

    static void Check(byte[] text)
    {
        var target = new byte[Snappy.MaxLength(text.Length)];
        var length = Snappy.Compress(text, target);
        Assert.True(text.AsSpan().SequenceEqual(Unpack(target.AsSpan(0, length))), $"{text.Length} bytes");
    }

    /// <summary>By the description of the format, every kind of element that it has for two-byte distances.</summary>
    static byte[] Unpack(ReadOnlySpan<byte> packed)
    {
        var (length, at) = (0, 0);
        for (var shift = 0; ; shift += 7)
        {
            var one = packed[at++];
            length |= (one & 127) << shift;
            if (one < 128) break;
        }

        var text = new List<byte>(length);
        while (at < packed.Length)
        {
            var tag = packed[at++];
            var size = (tag >> 2) + 1;
            if ((tag & 3) == 0)
            {
                var extra = Math.Max(0, size - 60);
                if (extra > 0) size = 1 + packed[at] + (extra > 1 ? packed[at + 1] << 8 : 0);
                Assert.InRange(extra, 0, 2);
                text.AddRange(packed.Slice(at + extra, size));
                at += extra + size;
                continue;
            }

            Assert.Equal(2, tag & 3);
            var distance = packed[at] | (packed[at + 1] << 8);
            at += 2;
            for (; size > 0; size--) text.Add(text[^distance]);
        }

        Assert.Equal(length, text.Count);
        return [.. text];
    }
}
