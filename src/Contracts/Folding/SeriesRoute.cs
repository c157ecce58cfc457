namespace Kafka.Stock.Contracts;

/// <summary>The series that a message concerns, in the order in which they are stepped. The host resolves it against the series it
/// holds.</summary>
public sealed class SeriesRoute
{
    readonly List<SeriesId> _named = [];

    /// <summary>Series named one by one: created when they don't exist.</summary>
    public IReadOnlyList<SeriesId> Named => _named;

    /// <summary>Symbol of "every series that exists of this symbol and source", or null.</summary>
    public string? ExistingSymbol { get; private set; }

    /// <summary>Source of "every series that exists of this symbol and source", or null.</summary>
    public string? ExistingSource { get; private set; }

    /// <summary>Interval of "every series that exists of this interval", or null.</summary>
    public string? ExistingInterval { get; private set; }

    /// <summary>Empties the route.</summary>
    public void Clear()
    {
        _named.Clear();
        ExistingSymbol = null;
        ExistingSource = null;
        ExistingInterval = null;
    }

    /// <summary>Adds a series, created when it doesn't exist.</summary>
    public void Add(in SeriesId series) => _named.Add(series);

    /// <summary>Adds every series that exists of this symbol and source, in ordinal order.</summary>
    public void AddExisting(string symbol, string source)
    {
        ExistingSymbol = symbol;
        ExistingSource = source;
    }

    /// <summary>Adds every series that exists of this interval, in ordinal order.</summary>
    public void AddExisting(string interval) => ExistingInterval = interval;
}
