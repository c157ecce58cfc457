using System.Text.RegularExpressions;

namespace Kafka.Stock.Architecture.Tests;

/// <summary>The hard ends of the style page that are seen in one file: lengths, words, pragmas, folders.</summary>
static partial class FormRules
{
    public const int LinesMax = 500;
    public const int MethodLinesMax = 60;
    public const int ColumnsMax = 140;
    public const int FoldersMax = 2;

    static readonly string[] s_vagueFolders = ["Core", "Common", "Shared", "Utils", "Helpers"];

    // In halves, or this file would break the rule itself.
    static readonly string[] s_unfinished = ["TO" + "DO", "FIX" + "ME", "HA" + "CK", "#reg" + "ion"];

    public static IEnumerable<string> FileLength(SourceFile file)
    {
        var lines = file.Lines.Length - (file.Text.EndsWith('\n') ? 1 : 0);
        if (lines > LinesMax) yield return Findings.Finding(file.Path, $"{lines} lines", $"at most {LinesMax}");
    }

    public static IEnumerable<string> MethodLength(SourceFile file) =>
        from member in CSharpOutline.Of(file).Members
        where member.Lines > MethodLinesMax
        select Findings.Finding(file.At(member.Line), $"{member.Name} with {member.Lines} lines", $"at most {MethodLinesMax}");

    public static IEnumerable<string> Columns(SourceFile file) =>
        from line in file.Lines.Index()
        where line.Item.Length > ColumnsMax
        select Findings.Finding(file.At(line.Index + 1), $"{line.Item.Length} columns", $"at most {ColumnsMax}");

    public static IEnumerable<string> UnfinishedWork(SourceFile file) =>
        from line in file.Lines.Index()
        from word in s_unfinished
        where Regex.IsMatch(line.Item, $@"(?<!\w){word}\b", RegexOptions.None, TimeSpan.FromSeconds(1))
        select Findings.Finding(file.At(line.Index + 1), word, "an issue for what is still to do, and a file that needs no folding");

    public static IEnumerable<string> PragmaWithoutReason(SourceFile file)
    {
        for (var i = 0; i < file.Lines.Length; i++)
        {
            if (!Disables().IsMatch(file.Lines[i])) continue;
            var isExplained = file.Lines[i].Contains("//", StringComparison.Ordinal)
                || (i > 0 && file.Lines[i - 1].TrimStart().StartsWith("//", StringComparison.Ordinal));
            if (isExplained) continue;
            yield return Findings.Finding(file.At(i + 1), file.Lines[i].Trim(), "a comment with the reason, on this line or above");
        }
    }

    public static IEnumerable<string> Folders(SourceFile file)
    {
        string[] folders = file.Path.Split('/')[..^1];
        foreach (var folder in folders.Where(folder => s_vagueFolders.Contains(folder, StringComparer.OrdinalIgnoreCase)))
        {
            yield return Findings.Finding(file.Path, $"a folder called {folder}", "a name that says what is in it");
        }

        if (folders is ["src", _, ..] && folders.Length - 2 > FoldersMax)
        {
            yield return Findings.Finding(file.Path, $"{folders.Length - 2} folders below src/{folders[1]}", $"at most {FoldersMax}");
        }
    }

    [GeneratedRegex(@"^\s*#pragma\s+warning\s+disable\b", RegexOptions.None, 1_000)]
    private static partial Regex Disables();
}
