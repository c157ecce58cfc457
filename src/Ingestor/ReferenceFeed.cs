using Kafka.Stock.Contracts;
using Kafka.Stock.Sources;

namespace Kafka.Stock.Ingestor;

/// <summary>Which lines of the merge are bars of the market reference: those of its symbol, of one source for daily bars and one for
/// intraday bars.</summary>
/// <remarks>The source is that of the first such line, so files in the order of symbol and source decide. In a file of several symbols
/// the reference's line must stand before the others of its time: what a later line says isn't known yet.</remarks>
/// <param name="symbol">The reference's symbol; null for none.</param>
sealed class ReferenceFeed(string? symbol)
{
    string? _sessionSource;
    string? _intradaySource;

    /// <summary>True where the file's present line is a bar of the reference.</summary>
    public bool Has(FileCursor file)
    {
        if (symbol is null || file.Kind == FileKind.Trades || file.Current.Symbol != symbol) return false;
        ref var source = ref file.Kind == FileKind.DailyBars ? ref _sessionSource : ref _intradaySource;
        source ??= file.Source;
        return source == file.Source;
    }

    /// <summary>The present line as a bar of the reference.</summary>
    public static ReferenceBar Bar(FileCursor file, string interval, long sequence)
    {
        var line = file.Current;
        return new ReferenceBar(new SourceBar(
            line.Symbol, file.Source, interval, line.StartUs, line.EndUs, line.Open, line.High, line.Low, line.Close, line.Volume,
            sequence));
    }
}
