using System.Buffers;

namespace Kafka.Stock.Contracts.Tests;

/// <summary>The encoding of single values, at its edges.</summary>
public sealed class AvroPrimitivesTests
{
    delegate void Writing(ref AvroWriter writer);

    delegate TValue Reading<TValue>(ref AvroReader reader);

    [Theory]
    [InlineData(0, "00")]
    [InlineData(-1, "01")]
    [InlineData(63, "7E")]
    [InlineData(64, "8001")]
    [InlineData(-65, "8101")]
    [InlineData(int.MaxValue, "FEFFFFFF0F")]
    [InlineData(long.MaxValue, "FEFFFFFFFFFFFFFFFF01")]
    [InlineData(long.MinValue, "FFFFFFFFFFFFFFFFFF01")]
    public void Longs_are_zigzag_varints(long value, string hex)
    {
        Assert.Equal(hex, Convert.ToHexString(Write((ref AvroWriter writer) => writer.WriteLong(value))));
        Assert.Equal(value, Read(hex, (ref AvroReader reader) => reader.ReadLong()));
    }

    [Theory]
    [InlineData("", "byte 0")]
    [InlineData("80", "byte 1")]
    [InlineData("FFFFFFFFFFFFFFFFFF02", "byte 0")]
    [InlineData("8080808080808080808000", "byte 0")]
    public void A_varint_that_is_cut_or_too_long_is_refused(string hex, string where) =>
        Assert.Equal(where, Refused(hex, (ref AvroReader reader) => reader.ReadLong()).Where);

    [Fact]
    public void Each_type_refuses_what_is_not_its_own()
    {
        Refused("02", (ref AvroReader reader) => reader.ReadBoolean());
        Refused("8080808010", (ref AvroReader reader) => reader.ReadInt());
        Refused("000000", (ref AvroReader reader) => reader.ReadFloat());
        Refused("00000000000000", (ref AvroReader reader) => reader.ReadDouble());
        Refused("04", (ref AvroReader reader) => reader.ReadEnum(2));
        Refused("01", (ref AvroReader reader) => reader.ReadEnum(2));
        Refused("04", (ref AvroReader reader) => reader.ReadUnion(2));
        Refused("0461", (ref AvroReader reader) => reader.ReadString());
        Refused("0161", (ref AvroReader reader) => reader.ReadString());
        Refused("FEFFFFFFFFFFFFFFFF0161", (ref AvroReader reader) => reader.ReadBytes().Length);
        Refused("04C080", (ref AvroReader reader) => reader.ReadString());
        Refused("04C080", (ref AvroReader reader) => reader.ReadString(new NamePool(8)));
        Refused("0000", (ref AvroReader reader) => reader.ReadFixed(3).Length);
        Refused("0000", (ref AvroReader reader) => reader.ReadFixed(-1).Length);
        Refused("0400", (ref AvroReader reader) => reader.ReadBlock(1));
        Refused("FFFFFFFFFFFFFFFFFF0100", (ref AvroReader reader) => reader.ReadBlock(0));
        Assert.Equal("byte 2", Refused("0001", (ref AvroReader reader) => SkipThenRead(ref reader)).Where);
    }

    [Fact]
    public void A_writer_goes_on_where_its_chunk_ends()
    {
        var text = string.Concat(Enumerable.Repeat("€uro ", 300));
        var body = Write((ref AvroWriter writer) =>
        {
            for (var i = 0; i < 1_000; i++)
            {
                writer.WriteLong(i);
                writer.WriteString(i % 2 == 0 ? "ab" : text);
                writer.WriteDouble(i);
                writer.WriteBytes(new byte[i]);
            }
        });
        var reader = new AvroReader(body);
        for (var i = 0; i < 1_000; i++)
        {
            Assert.Equal(i, reader.ReadLong());
            Assert.Equal(i % 2 == 0 ? "ab" : text, reader.ReadString());
            Assert.Equal(i, reader.ReadDouble());
            Assert.Equal(i, reader.ReadBytes().Length);
        }

        reader.RequireEnd();
    }

    [Fact]
    public void Text_of_every_length_about_the_short_form_s_end_comes_back()
    {
        for (var length = 0; length < 70; length++)
        {
            foreach (var letter in new[] { "a", "ß", "€", "😀" })
            {
                var text = string.Concat(Enumerable.Repeat(letter, length));
                var body = Write((ref AvroWriter writer) => writer.WriteString(text));
                Assert.Equal(text, Read(Convert.ToHexString(body), (ref AvroReader reader) => reader.ReadString()));
            }
        }
    }

    [Fact]
    public void Half_a_surrogate_pair_is_not_written()
    {
        Assert.Throws<ArgumentException>(() => Write((ref AvroWriter writer) => writer.WriteString("\uD800")));
        Assert.Throws<ArgumentException>(() => Write((ref AvroWriter writer) => writer.WriteString(new string('x', 80) + "\uDC00")));
    }

    [Fact]
    public void Numbers_keep_their_bits()
    {
        foreach (var value in new[] { 0.0, -0.0, double.NaN, double.Epsilon, double.NegativeInfinity, 0.1 })
        {
            var body = Write((ref AvroWriter writer) => writer.WriteDouble(value));
            Assert.Equal(BitConverter.DoubleToInt64Bits(value), BitConverter.ToInt64(body));
            Assert.Equal(value, Read(Convert.ToHexString(body), (ref AvroReader reader) => reader.ReadDouble()));
        }
    }

    static int SkipThenRead(ref AvroReader reader)
    {
        reader.Skip(2);
        return reader.ReadInt();
    }

    static byte[] Write(Writing write)
    {
        var output = new ArrayBufferWriter<byte>();
        var writer = new AvroWriter(output);
        write(ref writer);
        writer.Flush();
        return output.WrittenSpan.ToArray();
    }

    static TValue Read<TValue>(string hex, Reading<TValue> read)
    {
        var reader = new AvroReader(Convert.FromHexString(hex));
        var value = read(ref reader);
        reader.RequireEnd();
        return value;
    }

    static RecordDefectException Refused<TValue>(string hex, Reading<TValue> read) =>
        Assert.Throws<RecordDefectException>(() => (object?)Read(hex, read));
}
