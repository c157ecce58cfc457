using System.CommandLine;
using Kafka.Stock.Ingestor;

namespace Kafka.Stock.Cli;

/// <summary><c>--from-files FOLDER[=SOURCE]</c>, given once or several times.</summary>
static class InputFolders
{
    /// <summary>The option, for every verb that reads files.</summary>
    public static Option<string[]> Option() => new("--from-files")
    {
        Description = "Folder or file of bars or trades, with the name of its source if it isn't csv; may be given several times. "
            + "By default the bundled data.",
        HelpName = "folder[=source]",
        Arity = ArgumentArity.OneOrMore,
    };

    /// <summary>What to read; the bundled data where nothing is named.</summary>
    public static FileReplayOptions Of(FileReplayOptions options, IReadOnlyList<string> typed)
    {
        if (typed.Count == 0) return options with { Paths = [BundledData.Folder] };
        List<string> paths = [];
        var sources = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var text in typed)
        {
            var (path, source) = Split(text);
            paths.Add(path);
            if (source is not null) sources[path] = source;
        }

        return options with { Paths = paths, SourcesByPath = sources };
    }

    /// <summary>The part behind the last equals sign is the source, unless the whole text is a path that exists.</summary>
    static (string Path, string? Source) Split(string text)
    {
        var equals = text.LastIndexOf('=');
        if (equals <= 0 || Path.Exists(text)) return (Trimmed(text), null);
        return (Trimmed(text[..equals]), text[(equals + 1)..]);
    }

    static string Trimmed(string path) => path.Length > 1 ? Path.TrimEndingDirectorySeparator(path) : path;
}
