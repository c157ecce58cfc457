using Kafka.Stock.BatchJob;
using Kafka.Stock.Contracts;
using Kafka.Stock.Ingestor;

namespace Kafka.Stock.Cli;

/// <summary>The daily bars of files, in memory.</summary>
/// <param name="Records"><see cref="SourceBar"/> and <see cref="ReferenceBar"/>, in the order of event time.</param>
/// <param name="LeftOut">Lines that made no sense.</param>
/// <param name="ReferenceGap">Where the market reference has no bars; null where it has all, or there is none.</param>
sealed record MarketBars(IReadOnlyList<object> Records, LeftOut LeftOut, string? ReferenceGap)
{
    /// <summary>The bars of the series themselves.</summary>
    public IReadOnlyList<SourceBar> Bars { get; } = [.. Records.OfType<SourceBar>()];

    /// <summary>Reads them; lines that make no sense are left out.</summary>
    /// <param name="values">Settings: source, calendar, reference.</param>
    /// <param name="typed">Folders and files as typed; none: the bundled data.</param>
    /// <param name="symbols">Symbols that are wanted; empty for all.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="BrokenInputException">A file can't be read, or there is no daily bar.</exception>
    /// <exception cref="UsageException">A symbol, or the reference, isn't among the data.</exception>
    public static async Task<MarketBars> ReadAsync(
        SettingValues values, IReadOnlyList<string> typed, IReadOnlySet<string> symbols, CancellationToken cancellation)
    {
        var files = InputFolders.Of(StackSettings.Files(values, []), typed);
        var look = await InputLook.AtAsync(files, cancellation);
        var daily = BarInterval.Session.ToString();
        look.Require(symbols, daily);
        var sink = new MemorySink();
        await Task.Run(() => new FileReplay(files, TimeProvider.System).RunAsync(sink, [], cancellation), cancellation);
        return new MarketBars(
            [
                .. sink.Records.Where(record => record is ReferenceBar { Bar.Interval: var told } ? told == daily
                    : record is SourceBar bar && bar.Interval == daily && (symbols.Count == 0 || symbols.Contains(bar.Symbol))),
            ],
            look.LeftOut, look.ReferenceGap(FoldOptions.Calendar(values)));
    }

    /// <summary>Takes all of them into a simulation.</summary>
    public void Feed(Simulation simulation)
    {
        foreach (var record in Records)
        {
            if (record is ReferenceBar told) simulation.Apply(told);
            else simulation.Apply((SourceBar)record);
        }
    }

    /// <summary>Tells on standard error what was left out and what is missing.</summary>
    public async Task TellAsync()
    {
        await LeftOut.TellAsync();
        if (ReferenceGap is { } gap) await Console.Error.WriteLineAsync("kstock: " + gap);
    }
}
