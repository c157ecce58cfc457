using Kafka.Stock.Contracts;
using Kafka.Stock.Sources;

namespace Kafka.Stock.Ingestor;

/// <summary>Counts what one file holds.</summary>
sealed class FileTally
{
    readonly HashSet<string> _symbols = new(StringComparer.Ordinal);
    readonly List<FileProblem> _problems = [];
    string _lastSymbol = "";
    long _rowCount;
    long _problemCount;
    long? _firstUs;
    long? _lastUs;
    bool _isBroken;

    /// <summary>Counts a line that holds.</summary>
    public void Add(string symbol, long timeUs)
    {
        _rowCount++;
        _firstUs ??= timeUs;
        _lastUs = timeUs;
        if (ReferenceEquals(symbol, _lastSymbol)) return;
        _lastSymbol = symbol;
        _symbols.Add(symbol);
    }

    /// <summary>Counts a line that doesn't.</summary>
    public void Add(string where, Defect defect)
    {
        _problemCount++;
        if (_problems.Count < FileValidator.MaxListed) _problems.Add(new FileProblem(where, defect.Found, defect.Expected));
    }

    /// <summary>Notes that the file can't be read, or not on: listed even where the list is full.</summary>
    public void Add(BrokenInputException cause)
    {
        _isBroken = true;
        _problemCount++;
        _problems.Add(new FileProblem(cause.Where, cause.Found, cause.Expected));
    }

    /// <summary>The report.</summary>
    public FileReport Report(string path, FileKind? kind, string? source) => new()
    {
        Path = path,
        Kind = kind,
        Source = source,
        Symbols = [.. _symbols.Order(StringComparer.Ordinal).Take(FileValidator.MaxListed)],
        SymbolCount = _symbols.Count,
        RowCount = _rowCount,
        FirstUs = _firstUs,
        LastUs = _lastUs,
        Problems = _problems,
        ProblemCount = _problemCount,
        IsBroken = _isBroken,
    };
}
