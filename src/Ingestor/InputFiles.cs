using Kafka.Stock.Contracts;
using Kafka.Stock.Sources;

namespace Kafka.Stock.Ingestor;

/// <summary>The files that a list of files and folders stands for.</summary>
/// <param name="Data">Files of bars and trades, each once.</param>
/// <param name="CorporateActions">Files of splits and dividends that lie beside them, each once.</param>
sealed record InputFiles(IReadOnlyList<string> Data, IReadOnlyList<string> CorporateActions)
{
    /// <summary>Lists a folder's <c>*.csv</c> and <c>*.csv.gz</c> in ordinal order, without its folders; takes a file as it is.</summary>
    /// <exception cref="BrokenInputException">A missing or unreadable path, or a folder without data.</exception>
    public static InputFiles Of(IReadOnlyList<string> paths)
    {
        List<string> data = [];
        List<string> actions = [];
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var path in paths)
        {
            var files = Directory.Exists(path) ? FilesOfFolder(path) : [path];
            foreach (var file in files)
            {
                if (!seen.Add(Path.GetFullPath(file))) continue;
                (IsCorporateActions(file) ? actions : data).Add(file);
            }
        }

        AddNeighbours(data, actions, seen);
        if (data.Count == 0) throw new BrokenInputException(string.Join(", ", paths), "no file of bars or trades", "at least one");
        return new InputFiles(data, actions);
    }

    /// <summary>The data files of a folder, its file of splits and dividends included, in ordinal order.</summary>
    public static List<string> FilesOfFolder(string folder)
    {
        try
        {
            List<string> files = [.. Directory.EnumerateFiles(folder).Where(file => FileName.IsData(Path.GetFileName(file)))];
            files.Sort(string.CompareOrdinal);
            return files.Count > 0 ? files
                : throw new BrokenInputException(folder, "a folder without *.csv or *.csv.gz", "at least one such file");
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new BrokenInputException(folder, $"a folder that can't be read ({cause.Message})", "a readable folder", cause);
        }
    }

    static void AddNeighbours(List<string> data, List<string> actions, HashSet<string> seen)
    {
        foreach (var file in data)
        {
            var neighbour = Path.Combine(Path.GetDirectoryName(file) ?? "", FileName.CorporateActions);
            if (File.Exists(neighbour) && seen.Add(Path.GetFullPath(neighbour))) actions.Add(neighbour);
        }
    }

    /// <summary>True for the name of a file of splits and dividends.</summary>
    public static bool IsCorporateActions(string file) =>
        string.Equals(Path.GetFileName(file), FileName.CorporateActions, StringComparison.OrdinalIgnoreCase);
}
