using System.IO.Compression;
using System.Text;

namespace Kafka.Stock.TestKit;

/// <summary>A folder of its own for a test's files, gone at the end. Files whose names end with <c>.gz</c> are packed.</summary>
public sealed class Scratch : IDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("kstock-test-").FullName;

    /// <summary>The bytes as one gzip member.</summary>
    public static byte[] Packed(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var packer = new GZipStream(packed, CompressionLevel.Fastest)) packer.Write(content);
        return packed.ToArray();
    }

    public string PathTo(string name) => Path.Combine(Folder, name);

    /// <summary>Writes a file; its path.</summary>
    public string Write(string name, string content) => Write(name, Encoding.UTF8.GetBytes(content));

    /// <summary>Writes a file; its path.</summary>
    public string Write(string name, byte[] content)
    {
        File.WriteAllBytes(PathTo(name), IsPacked(name) ? Packed(content) : content);
        return PathTo(name);
    }

    /// <summary>The text of one of its files.</summary>
    public string Read(string name)
    {
        using var file = File.OpenRead(PathTo(name));
        using var content = IsPacked(name) ? new GZipStream(file, CompressionMode.Decompress) : (Stream)file;
        using var reader = new StreamReader(content);
        return reader.ReadToEnd();
    }

    public void Dispose()
    {
        if (Directory.Exists(Folder)) Directory.Delete(Folder, recursive: true);
    }

    static bool IsPacked(string name) => name.EndsWith(".gz", StringComparison.Ordinal);
}
