using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Kafka.Stock.Contracts;
using Kafka.Stock.Sources;

namespace Kafka.Stock.Ingestor.Tests;

public sealed class LineReaderTests
{
    [Fact]
    public void Lines_end_with_LF_or_CRLF_and_the_last_one_with_the_file()
    {
        Assert.Equal(["a", "b", "", "c\rd", "e"], Lines("a\nb\r\n\nc\rd\ne"u8.ToArray(), int.MaxValue));
        Assert.Equal(["a"], Lines("a\n"u8.ToArray(), int.MaxValue));
        Assert.Equal([""], Lines("\r\n"u8.ToArray(), int.MaxValue));
        Assert.Empty(Lines([], int.MaxValue));
    }

    [Fact]
    public void Lines_are_the_same_however_the_bytes_come()
    {
        var pieces = Gen.Elements(
            "\n", "\r\n", "\r", "x", "price", new string('y', 4_095), new string('z', 4_096), new string('w', 40_000));
        var cases = pieces.ListOf().SelectMany(list => Gen.Choose(1, 5_000), (list, chunk) => (Text: string.Concat(list), Chunk: chunk));
        Prop.ForAll(cases.ToArbitrary(), sample =>
        {
            var expected = sample.Text.Split('\n').Select(line => line.EndsWith('\r') ? line[..^1] : line).ToList();
            if (sample.Text.Length == 0 || sample.Text[^1] == '\n') expected.RemoveAt(expected.Count - 1);
            var cut = expected.ConvertAll(line => line.Length > 4_097 ? line[..4_097] : line);
            return cut.SequenceEqual(Lines(Encoding.UTF8.GetBytes(sample.Text), sample.Chunk));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Of_a_line_of_10_MB_the_beginning_is_kept_and_the_next_line_is_whole()
    {
        var lines = Lines(Encoding.UTF8.GetBytes($"a\n{new string('x', 10_000_000)}\nb\n"), 65_536);
        Assert.Equal(["a", new string('x', LineParser.MaxLineBytes + 1), "b"], lines);
    }

    [Fact]
    public void An_input_that_breaks_off_names_the_line()
    {
        var reads = 0;
        var reader = new LineReader(
            target => ++reads == 1 ? "a\nb\nc"u8.TryCopyTo(target) ? 5 : 0 : throw new IOException("disk on fire"), "x.csv");
        Assert.True(reader.Read(CancellationToken.None));
        Assert.True(reader.Read(CancellationToken.None));
        var error = Assert.Throws<BrokenInputException>(() => reader.Read(CancellationToken.None));
        Assert.Equal("x.csv:3", error.Where);
        Assert.Contains("after 2 whole lines (disk on fire)", error.Found, StringComparison.Ordinal);
    }

    static List<string> Lines(byte[] bytes, int chunk)
    {
        var at = 0;
        var reader = new LineReader(Read, "x.csv");
        List<string> lines = [];
        while (reader.Read(CancellationToken.None)) lines.Add(Encoding.UTF8.GetString(reader.Line));
        Assert.Equal(lines.Count, reader.LineNumber);
        return lines;

        int Read(Span<byte> target)
        {
            var count = Math.Min(Math.Min(chunk, target.Length), bytes.Length - at);
            bytes.AsSpan(at, count).CopyTo(target);
            at += count;
            return count;
        }
    }
}
