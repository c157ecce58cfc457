using System.Text.RegularExpressions;
using Kafka.Stock.TestKit;

namespace Kafka.Stock.Docs.Tests;

/// <summary>A command that a document shows to its readers.</summary>
/// <param name="Place">Document and line of the first place where it stands.</param>
/// <param name="Text">As typed, on one line.</param>
sealed partial record DocumentCommand(string Place, string Text)
{
    /// <summary>All commands of all documents, each once.</summary>
    public static IReadOnlyList<DocumentCommand> All { get; } =
    [
        .. Document.All.SelectMany(document => Of(document, File.ReadAllText(Repository.PathTo(document))))
            .DistinctBy(command => command.Text),
    ];

    /// <summary>Those that are run, and those that no rule knows, which fail. The head of a pipe is run with the pipe: it fails with any
    /// of its parts.</summary>
    public static IEnumerable<DocumentCommand> Tried => All.Where(one =>
        CommandRule.Of(one.Text) is not { Way: CommandWay.NotAtAll }
        && !All.Any(other => other.Text.StartsWith(one.Text + " | ", StringComparison.Ordinal)));

    /// <summary>Whether it makes a demo, asks its broker, or reads the lake that the last demo left.</summary>
    public bool NeedsDemo =>
        Text.Contains("HOST:", StringComparison.Ordinal) || Text.Contains("kstock demo", StringComparison.Ordinal)
        || (Text.Contains("kstock lake", StringComparison.Ordinal) && !Text.Contains("--lake ", StringComparison.Ordinal));

    /// <summary>The commands in blocks of <c>sh</c> (each line) and <c>console</c> (lines after a dollar sign).</summary>
    public static IEnumerable<DocumentCommand> Of(string document, string text)
    {
        string? block = null;
        var begun = "";
        foreach (var (index, raw) in text.ReplaceLineEndings("\n").Split('\n').Index())
        {
            var line = raw.Trim();
            if (line.StartsWith("```", StringComparison.Ordinal))
            {
                block = block is null ? line[3..] : null;
                continue;
            }

            if (block == "console" && begun.Length == 0)
            {
                if (!line.StartsWith("$ ", StringComparison.Ordinal)) continue;
                line = line[2..];
            }

            if (block is not ("sh" or "console")) continue;
            begun += Comment().Replace(line, "").TrimEnd();
            if (begun.EndsWith('\\'))
            {
                begun = begun[..^1].TrimEnd() + " ";
                continue;
            }

            if (begun.Length > 0) yield return new DocumentCommand($"{document}:{index + 1}", begun);
            begun = "";
        }
    }

    /// <summary>A comment: the whole line, or after two spaces.</summary>
    [GeneratedRegex(@"(^|\s{2,})#\s.*$", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Comment();
}
