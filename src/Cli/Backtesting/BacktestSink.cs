using Kafka.Stock.Contracts;
using Kafka.Stock.Ingestor;

namespace Kafka.Stock.Cli;

/// <summary>Takes what the Ingestor reads of files into a backtest: the symbols and the interval that are wanted.</summary>
/// <param name="line">Where the records go.</param>
/// <param name="symbols">Symbols that are wanted; empty for all.</param>
/// <param name="interval">Bars that are wanted, as written; null for all.</param>
sealed class BacktestSink(FoldLine line, IReadOnlySet<string> symbols, string? interval) : IMarketSink
{
    const int DefectsKept = 20;
    readonly List<string> _defects = [];

    /// <summary>Records that were folded.</summary>
    public long Records { get; private set; }

    /// <summary>Lines that made no sense: where, found, expected. The first twenty.</summary>
    public IReadOnlyList<string> Defects => _defects;

    /// <summary>All lines that made no sense.</summary>
    public long DefectCount { get; private set; }

    public void Publish(in Tick tick)
    {
        if (interval is null || interval != BarInterval.Session.ToString()) Take(tick.Symbol, tick);
    }

    public void Publish(in SourceBar bar)
    {
        if (interval is null || bar.Interval == interval) Take(bar.Symbol, bar);
    }

    public void Publish(in Watermark watermark) => Take(watermark.Symbol, watermark);

    public void Publish(in CorporateAction action) => Take(action.Symbol, action);

    public void DeadLetter(string key, ReadOnlySpan<byte> bytes, string where, string found, string expected) =>
        Note($"{where}: found {found}; expected {expected}");

    public void Position(in IngestPosition position)
    {
        // A backtest never resumes.
    }

    public ValueTask WaitForRoomAsync(CancellationToken cancellation) => ValueTask.CompletedTask;

    void Take<TRecord>(string symbol, in TRecord record)
        where TRecord : IAvroRecord<TRecord>
    {
        if (symbols.Count > 0 && !symbols.Contains(symbol)) return;
        try
        {
            line.Take(symbol, record);
            Records++;
        }
        catch (RecordDefectException defect)
        {
            Note(defect.Message);
        }
    }

    void Note(string defect)
    {
        DefectCount++;
        if (_defects.Count < DefectsKept) _defects.Add(defect);
    }
}
