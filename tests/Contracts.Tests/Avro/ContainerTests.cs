using System.Text;
using System.Text.Json;
using Kafka.Stock.TestKit;
using Xunit.Abstractions;

namespace Kafka.Stock.Contracts.Tests;

public sealed class ContainerTests(ITestOutputHelper log)
{
    [SkippableFact]
    public void Published_files_are_read_or_refused()
    {
        var lines = File.ReadAllLines(SharedFiles.PathTo("conformance/avro/data/INDEX.csv")).Skip(1).ToArray();
        foreach (var line in lines)
        {
            var row = line.Split(',');
            var path = SharedFiles.PathTo($"conformance/avro/data/{row[0]}");
            if (row[1] == "zstandard") Assert.Equal("codec 'zstandard'", Assert.Throws<RefusedException>(() => Values(path)).Found);
            else if (row[2] == "error") Assert.ThrowsAny<StockException>(() => Values(path));
            else if (line.Contains("AMBIGUOUS", StringComparison.Ordinal)) Assert.Equal(int.Parse(row[3]), CountUntilItBreaks(path));
            else Assert.Equal(int.Parse(row[3]), Values(path).Count);
        }

        log.WriteLine($"data: {lines.Length} files");
    }

    [SkippableFact]
    public void Every_codec_gives_the_same_values()
    {
        var plain = Values(SharedFiles.PathTo("conformance/avro/data/weather.avro"));
        Assert.Equal(plain, Values(SharedFiles.PathTo("conformance/avro/data/weather-deflate.avro")));
        Assert.Equal(plain, Values(SharedFiles.PathTo("conformance/avro/data/weather-snappy.avro")));
    }

    [Theory]
    [InlineData("null")]
    [InlineData("deflate")]
    [InlineData("snappy")]
    public void What_is_written_is_read_and_is_the_same_twice(string codec)
    {
        var file = Write(codec, 5_000);
        Assert.Equal(file, Write(codec, 5_000));
        var values = Values("memory", new MemoryStream(file));
        Assert.Equal(5_000, values.Count);
        Assert.Equal("""{"next_offset":4999,"epoch":-4999}""", values[^1]);
    }

    [Fact]
    public void Cut_or_spoilt_anywhere_it_is_a_typed_error_or_fewer_values()
    {
        const ulong Seed = 41;
        log.WriteLine($"seed {Seed}");
        foreach (var codec in new[] { "null", "deflate", "snappy" })
        {
            var (file, chance) = (Write(codec, 40), new SplitMix(Seed));
            for (var length = 0; length < file.Length; length++) Try(file[..length]);
            for (var i = 0; i < 4_000; i++) Try(Hostility.Mutate(file, chance));
        }
    }

    [Fact]
    public void A_codec_that_is_not_ours_is_refused_by_name() =>
        Assert.Equal(
            "codec 'bzip2'",
            Assert.Throws<RefusedException>(() => new AvroContainerWriter(Stream.Null, "\"int\"", "bzip2")).Found);

    static void Try(byte[] file)
    {
        try
        {
            Values("memory", new MemoryStream(file));
        }
        catch (StockException e)
        {
            Assert.NotEmpty(e.Where);
        }
    }

    static byte[] Write(string codec, int count)
    {
        using var file = new MemoryStream();
        var writer = new AvroContainerWriter(file, StockSchemas.Text(FoldProgress.SchemaName), codec);
        for (var i = 0; i < count; i++) writer.Append(RecordCodec.Get(FoldProgress.SchemaName).Write(new FoldProgress(i, -i)));
        writer.Flush();
        return file.ToArray();
    }

    static int CountUntilItBreaks(string path)
    {
        using var stream = File.OpenRead(path);
        var values = new List<string>();
        try
        {
            Read(path, stream, values);
        }
        catch (StockException)
        {
            return values.Count;
        }

        return values.Count;
    }

    static List<string> Values(string path)
    {
        using var stream = File.OpenRead(path);
        return Values(path, stream);
    }

    static List<string> Values(string name, Stream stream)
    {
        var values = new List<string>();
        Read(name, stream, values);
        return values;
    }

    static void Read(string name, Stream stream, List<string> values)
    {
        var container = new AvroContainerReader(name, stream);
        while (container.TryReadBlock(out var count, out var body))
        {
            var reader = new AvroReader(body.Span);
            for (; count > 0; count--)
            {
                using var text = new MemoryStream();
                using (var json = new Utf8JsonWriter(text)) AvroJson.Write(container.Schema, ref reader, json);
                values.Add(Encoding.UTF8.GetString(text.ToArray()));
            }

            reader.RequireEnd();
        }
    }
}
