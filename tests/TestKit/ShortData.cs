using System.IO.Compression;
using System.Text;

namespace Kafka.Stock.TestKit;

/// <summary>The beginning of the bundled data: a fifth of the work, yet months of decisions and promotions. For tests of what doesn't
/// depend on how much there is.</summary>
public static class ShortData
{
    /// <summary>Daily bars of each of the three series.</summary>
    public const int Bars = 450;

    const int Trades = 2_000;

    /// <summary>Writes its files into a folder, packed where the bundled ones are.</summary>
    public static void WriteTo(string folder)
    {
        foreach (var file in Directory.EnumerateFiles(Repository.PathTo("data/demo"), "*.csv*"))
        {
            var isPacked = file.EndsWith(".gz", StringComparison.Ordinal);
            Stream bundled = File.OpenRead(file);
            if (isPacked) bundled = new GZipStream(bundled, CompressionMode.Decompress);
            using var all = new StreamReader(bundled);
            Stream beginning = File.Create(Path.Combine(folder, Path.GetFileName(file)));
            if (isPacked) beginning = new GZipStream(beginning, CompressionLevel.Fastest);
            using var writer = new StreamWriter(beginning, new UTF8Encoding(false)) { NewLine = "\n" };
            for (var left = 1 + (isPacked ? Trades : Bars); left > 0 && all.ReadLine() is { } line; left--) writer.WriteLine(line);
        }
    }
}
