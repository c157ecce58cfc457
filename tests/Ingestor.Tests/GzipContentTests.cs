namespace Kafka.Stock.Ingestor.Tests;

public sealed class GzipContentTests
{
    static readonly byte[] s_text = [.. Enumerable.Range(0, 3_000)
        .SelectMany(i => System.Text.Encoding.UTF8.GetBytes($"{i},{i * 7 % 1_000}\n"))];

    [Fact]
    public void A_whole_file_comes_out_as_it_went_in()
    {
        Assert.Equal(s_text, Unpack(Scratch.Packed(s_text), 7));
        Assert.Equal(s_text, Unpack(Scratch.Packed(s_text), 100_000));
        Assert.Empty(Unpack(Scratch.Packed([]), 10));
    }

    [Fact]
    public void Several_members_come_out_one_after_the_other() =>
        Assert.Equal([.. s_text, .. s_text], Unpack([.. Scratch.Packed(s_text), .. Scratch.Packed([]), .. Scratch.Packed(s_text)], 1_000));

    [Fact]
    public void A_file_cut_anywhere_is_found_out()
    {
        var packed = Scratch.Packed(s_text);
        for (var length = 2; length < packed.Length; length += length < packed.Length - 64 ? 37 : 1)
        {
            using var unpacked = new MemoryStream();
            var cut = packed[..length];
            Assert.True(Record.Exception(() => Unpack(cut, 5_000, unpacked)) is InvalidDataException,
                $"cut at {length} of {packed.Length}");
            Assert.True(s_text.AsSpan().StartsWith(unpacked.ToArray()), $"cut at {length}: bytes that were never in the file");
        }
    }

    [Fact]
    public void A_wrong_checksum_is_found_out()
    {
        var packed = Scratch.Packed(s_text);
        packed[^6] ^= 1;
        Assert.Throws<InvalidDataException>(() => Unpack(packed, 5_000));
    }

    static byte[] Unpack(byte[] packed, int chunk)
    {
        using var unpacked = new MemoryStream();
        Unpack(packed, chunk, unpacked);
        return unpacked.ToArray();
    }

    static void Unpack(byte[] packed, int chunk, MemoryStream target)
    {
        using var content = new GzipContent(new MemoryStream(packed));
        var buffer = new byte[chunk];
        for (var count = content.Read(buffer); count > 0; count = content.Read(buffer)) target.Write(buffer, 0, count);
    }
}
