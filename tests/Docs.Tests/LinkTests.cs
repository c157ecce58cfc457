using System.Text.RegularExpressions;
using Kafka.Stock.TestKit;

namespace Kafka.Stock.Docs.Tests;

/// <summary>What a document points at is there.</summary>
public sealed partial class LinkTests
{
    [Fact]
    public void Every_link_within_the_repository_leads_to_a_file() => Assert.Empty(
        from document in Document.WithDecisions
        from target in LinksOf(File.ReadAllText(Repository.PathTo(document)))
        let path = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Repository.PathTo(document))!, target))
        where !Path.Exists(path)
        select $"{document}: found a link to {target}; expected a file or folder of the repository");

    [Fact]
    public void Every_link_to_a_heading_has_its_heading() => Assert.Empty(
        from document in Document.All
        let text = File.ReadAllText(Repository.PathTo(document))
        from link in Link().Matches(text).Select(match => match.Groups["target"].Value)
        where link.Contains('#', StringComparison.Ordinal) && !IsAddress(link)
        let parts = link.Split('#', 2)
        let page = parts[0].Length == 0 ? document : Path.Combine(Path.GetDirectoryName(document)!, parts[0])
        where !Anchors(File.ReadAllText(Repository.PathTo(page))).Contains(parts[1])
        select $"{document}: found a link to {link}; expected a heading of {page}");

    /// <summary>What stands in code font and begins with a folder of the root.</summary>
    [Fact]
    public void Every_file_that_the_README_names_is_there() => Assert.Empty(
        from match in FileName().Matches(File.ReadAllText(Repository.PathTo("README.md")))
        let name = match.Groups["name"].Value
        where !Path.Exists(Repository.PathTo(name))
        select $"README.md: found `{name}`; expected a file or folder of the repository");

    [Fact]
    public void Links_are_found() => Assert.Equal(
        ["docs/a.md", "b.svg"], LinksOf("[a](docs/a.md#x), ![b](b.svg), [c](https://example.com/c), [d](#d)"));

    static IEnumerable<string> LinksOf(string text) => Link().Matches(text).Select(match => match.Groups["target"].Value)
        .Where(target => !IsAddress(target)).Select(target => target.Split('#')[0]).Where(target => target.Length > 0);

    static bool IsAddress(string target) => target.Contains("://", StringComparison.Ordinal);

    /// <summary>Headings as GitHub names them.</summary>
    static IEnumerable<string> Anchors(string text) => Heading().Matches(text)
        .Select(match => Dropped().Replace(match.Groups["title"].Value.ToLowerInvariant(), "").Replace(' ', '-'));

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Link();

    [GeneratedRegex(@"`(?<name>(src|tests|samples|docs|eng|schemas|data)/[\w./-]*)`", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex FileName();

    [GeneratedRegex(@"^#+ (?<title>.+?)\r?$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\w\- ]", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Dropped();
}
