using System.IO.Compression;
using System.Text;
using Kafka.Stock.Contracts;

namespace Kafka.Stock.Ingestor.Tests;

/// <summary>A folder of its own for a test's files, gone at the end.</summary>
sealed class Scratch : IDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("kstock-ingestor-").FullName;

    public string PathTo(string name) => Path.Combine(Folder, name);

    public string Write(string name, string content) => Write(name, Encoding.UTF8.GetBytes(content));

    public string Write(string name, byte[] content)
    {
        File.WriteAllBytes(PathTo(name), name.EndsWith(".gz", StringComparison.Ordinal) ? Packed(content) : content);
        return PathTo(name);
    }

    public static byte[] Packed(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var packer = new GZipStream(packed, CompressionLevel.Fastest)) packer.Write(content);
        return packed.ToArray();
    }

    public static MemorySink Replay(FileReplayOptions options, params IngestPosition[] positions)
    {
        var sink = new MemorySink();
        new FileReplay(options, TimeProvider.System).RunAsync(sink, positions, CancellationToken.None).GetAwaiter().GetResult();
        return sink;
    }

    public MemorySink Replay() => Replay(new FileReplayOptions { Paths = [Folder] });

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
