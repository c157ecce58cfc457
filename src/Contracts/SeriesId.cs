namespace Kafka.Stock.Contracts;

/// <summary>The unit of everything: state, seed, forecast, score and promotion belong to one series,
/// <c>symbol/interval/source</c>.</summary>
/// <param name="Symbol">As traded, for example <c>AAPL</c>; it is the Kafka key, so all series of a symbol share a partition.</param>
/// <param name="Interval">Length of a bar as <see cref="BarInterval"/> writes it, for example <c>1d</c> or <c>1m</c>.</param>
/// <param name="Source">Who delivered the data, for example <c>csv</c> or <c>iex</c>. Two sources never mix in one series.</param>
public readonly record struct SeriesId(string Symbol, string Interval, string Source) : IComparable<SeriesId>
{
    /// <summary>Parses <c>symbol/interval/source</c>.</summary>
    /// <returns>False when there aren't three non-empty parts.</returns>
    public static bool TryParse(string text, out SeriesId series)
    {
        var parts = text.Split('/');
        var valid = parts.Length == 3 && Array.TrueForAll(parts, part => part.Length > 0);
        series = valid ? new SeriesId(parts[0], parts[1], parts[2]) : default;
        return valid;
    }

    /// <summary>Parses <c>symbol/interval/source</c>.</summary>
    /// <exception cref="FormatException">There aren't three non-empty parts.</exception>
    public static SeriesId Parse(string text) =>
        TryParse(text, out var series) ? series : throw new FormatException($"series: found {text}; expected symbol/interval/source");

    /// <summary>Ordinal by symbol, then interval, then source: the one order in which series are listed.</summary>
    public int CompareTo(SeriesId other)
    {
        var bySymbol = string.CompareOrdinal(Symbol, other.Symbol);
        if (bySymbol != 0) return bySymbol;
        var byInterval = string.CompareOrdinal(Interval, other.Interval);
        return byInterval != 0 ? byInterval : string.CompareOrdinal(Source, other.Source);
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Symbol}/{Interval}/{Source}";

    /// <summary>Ordinal order.</summary>
    public static bool operator <(SeriesId left, SeriesId right) => left.CompareTo(right) < 0;

    /// <summary>Ordinal order.</summary>
    public static bool operator >(SeriesId left, SeriesId right) => left.CompareTo(right) > 0;

    /// <summary>Ordinal order.</summary>
    public static bool operator <=(SeriesId left, SeriesId right) => left.CompareTo(right) <= 0;

    /// <summary>Ordinal order.</summary>
    public static bool operator >=(SeriesId left, SeriesId right) => left.CompareTo(right) >= 0;
}
