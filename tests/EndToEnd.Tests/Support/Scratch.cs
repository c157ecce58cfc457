using System.IO.Compression;
using System.Text;

namespace Kafka.Stock.EndToEnd.Tests.Support;

/// <summary>A folder of its own for a test's files, gone at the end.</summary>
sealed class Scratch : IDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("kstock-end-to-end-").FullName;

    public string PathTo(string name) => Path.Combine(Folder, name);

    public string Write(string name, string content) => Write(name, Encoding.UTF8.GetBytes(content));

    /// <summary>Writes a file, packed when its name says so.</summary>
    public string Write(string name, byte[] content)
    {
        if (!name.EndsWith(".gz", StringComparison.Ordinal))
        {
            File.WriteAllBytes(PathTo(name), content);
            return PathTo(name);
        }

        using var file = File.Create(PathTo(name));
        using var packer = new GZipStream(file, CompressionLevel.Fastest);
        packer.Write(content);
        return PathTo(name);
    }

    /// <summary>The text of one of its files, unpacked.</summary>
    public string Read(string name)
    {
        using var file = File.OpenRead(PathTo(name));
        using var content = name.EndsWith(".gz", StringComparison.Ordinal)
            ? new GZipStream(file, CompressionMode.Decompress)
            : (Stream)file;
        using var reader = new StreamReader(content);
        return reader.ReadToEnd();
    }

    public void Dispose()
    {
        if (Directory.Exists(Folder)) Directory.Delete(Folder, recursive: true);
    }
}
