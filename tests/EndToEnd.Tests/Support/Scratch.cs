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

    /// <summary>Copies the first bars of each bundled series and the first trades here: a fifth of the work, yet months of decisions
    /// and promotions. For what doesn't depend on how much there is.</summary>
    public void CopyShortData()
    {
        const int bars = 450;
        const int trades = 2_000;
        foreach (var file in Directory.EnumerateFiles(Kstock.Data, "*.csv*"))
        {
            var name = Path.GetFileName(file);
            using var reader = Open(file);
            var text = new StringBuilder();
            for (var left = 1 + (name.EndsWith(".gz", StringComparison.Ordinal) ? trades : bars); left > 0; left--)
                text.Append(reader.ReadLine()).Append('\n');
            Write(name, text.ToString());
        }
    }

    /// <summary>The text of one of its files, unpacked.</summary>
    public string Read(string name)
    {
        using var reader = Open(PathTo(name));
        return reader.ReadToEnd();
    }

    public void Dispose()
    {
        if (Directory.Exists(Folder)) Directory.Delete(Folder, recursive: true);
    }

    static StreamReader Open(string path)
    {
        var file = File.OpenRead(path);
        return new StreamReader(
            path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionMode.Decompress) : file);
    }
}
