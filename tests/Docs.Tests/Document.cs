using Kafka.Stock.TestKit;

namespace Kafka.Stock.Docs.Tests;

/// <summary>The documents, by their paths from the root.</summary>
static class Document
{
    /// <summary>README.md, CONTRIBUTING.md and the pages of docs.</summary>
    public static IReadOnlyList<string> All { get; } = ["README.md", "CONTRIBUTING.md", .. PagesOf("docs")];

    /// <summary>The same with pages that show no commands of their own.</summary>
    public static IReadOnlyList<string> WithDecisions { get; } = [.. All, "CHANGELOG.md", .. PagesOf("docs/decisions")];

    static IEnumerable<string> PagesOf(string folder) =>
        Directory.GetFiles(Repository.PathTo(folder), "*.md")
            .Select(path => $"{folder}/{Path.GetFileName(path)}").Order(StringComparer.Ordinal);
}
