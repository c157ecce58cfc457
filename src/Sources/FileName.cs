using System.Globalization;

namespace Kafka.Stock.Sources;

/// <summary>What the name of a file says about what is in it.</summary>
/// <param name="Symbol">Of <c>SYMBOL.csv</c>, <c>SYMBOL_2013-10-07.csv.gz</c>; null when the name holds none.</param>
/// <param name="Source">The part before <c>_ticks_</c> in lower case, else <c>csv</c>.</param>
public readonly record struct FileName(string? Symbol, string Source)
{
    /// <summary>Source of files whose name says nothing.</summary>
    public const string DefaultSource = "csv";

    /// <summary>Name of the file with splits and dividends that lies beside data files.</summary>
    public const string CorporateActions = "corporate-actions.csv";

    const string TicksMark = "_ticks_";
    static readonly string[] s_endings = [".csv", ".csv.gz"];

    /// <summary>True for the names that a folder's data files have: <c>*.csv</c> and <c>*.csv.gz</c>, case ignored.</summary>
    public static bool IsData(string name) => Array.Exists(s_endings, ending => name.EndsWith(ending, StringComparison.OrdinalIgnoreCase));

    /// <summary>Reads a file's name, without its folder.</summary>
    public static FileName Parse(string name)
    {
        var ending = Array.FindLast(s_endings, ending => name.EndsWith(ending, StringComparison.OrdinalIgnoreCase)) ?? "";
        var stem = name[..^ending.Length];
        var mark = stem.IndexOf(TicksMark, StringComparison.Ordinal);
        var source = mark > 0 && SourceRule.TryParse(stem[..mark].ToLowerInvariant(), out var named) ? named : DefaultSource;
        return new FileName(SymbolRule.TryParse(WithoutDate(stem), out var symbol) ? symbol : null, source);
    }

    static string WithoutDate(string stem)
    {
        var at = stem.LastIndexOf('_');
        if (at < 0) return stem;
        var isDate = DateOnly.TryParseExact(stem.AsSpan(at + 1), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);
        return isDate ? stem[..at] : stem;
    }
}
