using Kafka.Stock.BatchJob;
using Kafka.Stock.Contracts;
using Kafka.Stock.Ingestor;

namespace Kafka.Stock.Cli;

/// <summary>Takes what the Ingestor reads of files into a simulation: the symbols and the interval that are wanted.</summary>
/// <param name="simulation">Where the records go.</param>
/// <param name="symbols">Symbols that are wanted; empty for all.</param>
/// <param name="interval">Bars that are wanted, as written; null for all.</param>
/// <param name="taken">Told after each record.</param>
sealed class BacktestSink(Simulation simulation, IReadOnlySet<string> symbols, string? interval, Action? taken = null) : IMarketSink
{
    /// <summary>Lines and records that made no sense.</summary>
    public LeftOut LeftOut { get; } = new();

    public void Publish(in Tick tick)
    {
        if (interval == BarInterval.Session.ToString() || !IsWanted(tick.Symbol)) return;
        simulation.Apply(tick);
        taken?.Invoke();
    }

    public void Publish(in SourceBar bar)
    {
        if ((interval is not null && bar.Interval != interval) || !IsWanted(bar.Symbol)) return;
        simulation.Apply(bar);
        taken?.Invoke();
    }

    /// <summary>Whatever symbols are wanted: the reference speaks to all.</summary>
    public void Publish(in ReferenceBar bar)
    {
        if (interval is null || bar.Bar.Interval == interval) simulation.Apply(bar);
    }

    public void Publish(in Watermark watermark)
    {
        if (!IsWanted(watermark.Symbol)) return;
        simulation.Apply(watermark);
        taken?.Invoke();
    }

    public void Publish(in CorporateAction action)
    {
        if (IsWanted(action.Symbol)) simulation.Apply(action);
    }

    public void DeadLetter(string key, ReadOnlySpan<byte> bytes, string where, string found, string expected) =>
        LeftOut.Note($"{where}: found {found}; expected {expected}");

    public void Position(in IngestPosition position)
    {
        // A backtest never resumes.
    }

    public ValueTask WaitForRoomAsync(CancellationToken cancellation) => ValueTask.CompletedTask;

    bool IsWanted(string symbol) => symbols.Count == 0 || symbols.Contains(symbol);
}
