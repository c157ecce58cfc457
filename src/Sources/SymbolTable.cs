namespace Kafka.Stock.Sources;

/// <summary>The symbols of one file: one string instance each, and the end of the last bar of each.</summary>
sealed class SymbolTable
{
    /// <summary>Most symbols that one file may hold: more than all exchanges of a continent list.</summary>
    public const int MaxCount = 100_000;

    readonly Dictionary<string, int> _indices = new(StringComparer.Ordinal);
    readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _lookup;
    readonly List<(string Symbol, long LastBarEndUs)> _symbols = [];

    public SymbolTable() => _lookup = _indices.GetAlternateLookup<ReadOnlySpan<char>>();

    public int Count => _symbols.Count;

    /// <summary>Index of a symbol in upper case, added when it is new; -1 when the table is full.</summary>
    public int IndexOf(ReadOnlySpan<char> symbol)
    {
        if (_lookup.TryGetValue(symbol, out var index)) return index;
        if (_symbols.Count == MaxCount) return -1;
        var text = new string(symbol);
        _indices.Add(text, _symbols.Count);
        _symbols.Add((text, long.MinValue));
        return _symbols.Count - 1;
    }

    public string SymbolAt(int index) => _symbols[index].Symbol;

    public long LastBarEndUs(int index) => _symbols[index].LastBarEndUs;

    public void SetLastBarEndUs(int index, long endUs) => _symbols[index] = (_symbols[index].Symbol, endUs);
}
