using Kafka.Stock.TestKit;

namespace Kafka.Stock.Learning.Tests;

/// <summary>Files of vectors, each beside the script that made it.</summary>
static class GoldenFile
{
    /// <summary>Lines of a comma-separated file, split.</summary>
    public static IEnumerable<string[]> Rows(string name) => File.ReadLines(PathTo(name)).Select(line => line.Split(','));

    public static byte[] Bytes(string name) => File.ReadAllBytes(PathTo(name));

    static string PathTo(string name) => Repository.PathTo("tests/Learning.Tests/Golden/" + name);
}
