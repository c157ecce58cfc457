using Kafka.Stock.TestKit;

namespace Kafka.Stock.Architecture.Tests;

/// <summary>A file of the repository: its path from the root with forward slashes, and its text.</summary>
sealed record SourceFile(string Path, string Text)
{
    static readonly Lazy<IReadOnlyList<SourceFile>> s_code = new(() => Read("*.cs"));
    static readonly Lazy<IReadOnlyList<SourceFile>> s_projects = new(() => Read("*.csproj"));

    /// <summary>All C# files of the folders that hold code, in order of their paths.</summary>
    public static IReadOnlyList<SourceFile> Code => s_code.Value;

    /// <summary>All project files of these folders.</summary>
    public static IReadOnlyList<SourceFile> Projects => s_projects.Value;

    public string[] Lines { get; } = Text.Split('\n');

    /// <summary>The text without comments, strings and directives, of the same length and with the same lines.</summary>
    public string Bare { get; } = CSharpText.Bare(Text);

    public bool IsUnder(string folder) => Path.StartsWith(folder + "/", StringComparison.Ordinal);

    /// <summary>Where a rule is broken, as an editor can jump to.</summary>
    public string At(int line) => $"{Path}:{line}";

    public static SourceFile Of(string path) => new(path, File.ReadAllText(Repository.PathTo(path)).ReplaceLineEndings("\n"));

    /// <summary>Files that tools have made are no source.</summary>
    public static IEnumerable<string> PathsUnder(string folder, string pattern)
    {
        if (!Directory.Exists(Repository.PathTo(folder))) return [];
        return Directory.EnumerateFiles(Repository.PathTo(folder), pattern, SearchOption.AllDirectories)
            .Select(path => System.IO.Path.GetRelativePath(Repository.Root, path).Replace('\\', '/'))
            .Where(path => !path.Split('/').Any(part => part is "bin" or "obj" or "node_modules"))
            .Order(StringComparer.Ordinal);
    }

    static List<SourceFile> Read(string pattern)
    {
        string[] folders = ["src", "tests", "samples", "eng"];
        return [.. folders.SelectMany(folder => PathsUnder(folder, pattern)).Select(Of)];
    }
}
