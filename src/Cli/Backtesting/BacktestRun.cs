using Kafka.Stock.BatchJob;
using Kafka.Stock.Contracts;
using Kafka.Stock.Ingestor;

namespace Kafka.Stock.Cli;

/// <summary>A backtest that has run: what was forecast, what came, and the scores.</summary>
/// <param name="Journal">All forecasts.</param>
/// <param name="Report">Their scores.</param>
/// <param name="Options">Which of them were scored.</param>
/// <param name="LeftOut">Lines that made no sense.</param>
/// <param name="ReferenceGap">Where the market reference has no bars; null where it has all, or there is none.</param>
sealed record BacktestRun(ForecastJournal Journal, Report Report, ReportOptions Options, LeftOut LeftOut, string? ReferenceGap)
{
    /// <summary>Folds files, all their bars from the first on.</summary>
    /// <exception cref="BrokenInputException">A file can't be read, or nothing in the files makes sense.</exception>
    /// <exception cref="UsageException">A symbol, or the reference, isn't among the data.</exception>
    public static async Task<BacktestRun> OfFilesAsync(
        SettingValues values, IReadOnlyList<string> folders, CancellationToken cancellation)
    {
        var files = InputFolders.Of(StackSettings.Files(values, []), folders);
        var look = await InputLook.AtAsync(files, cancellation);
        return await SimulateAsync(
            values, look, sink => new FileReplay(files, TimeProvider.System).RunAsync(sink, [], cancellation), cancellation);
    }

    /// <summary>Folds what a lake has in bronze/market, from the first record on.</summary>
    /// <param name="values">The lake's settings, the folds' and the simulation's.</param>
    /// <param name="path">A folder, or s3://bucket/prefix.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="BrokenInputException">There is no such table, it can't be read, or it has nothing that was asked for.</exception>
    /// <exception cref="UsageException">A symbol, or the reference, isn't among the data.</exception>
    public static async Task<BacktestRun> OfLakeAsync(SettingValues values, string path, CancellationToken cancellation)
    {
        using var lake = OpenLake.Of(values, path);
        var where = $"{lake.Lake.Store.Root}/{LakeTables.Market}";
        var look = await InputLook.AtLakeAsync(where, FoldOptions.ReferenceSymbol(values), FeedAsync);
        return await SimulateAsync(values, look, FeedAsync, cancellation);

        Task FeedAsync(IMarketSink sink) => new LakeReplay(sink).RunAsync(lake.Lake, cancellation);
    }

    /// <summary>Folds topics again.</summary>
    /// <exception cref="RefusedException">The topics have forgotten their beginning, or the live run had other settings.</exception>
    public static async Task<(BacktestRun Run, TopicReplay Replay)> OfTopicsAsync(SettingValues values, CancellationToken cancellation)
    {
        var kafka = StackSettings.Client(values);
        var topology = FoldOptions.Topology(values);
        var journal = new ForecastJournal(topology.RestartAfterDays);
        var replay = await Task.Run(
            () => TopicReplay.Run(kafka, topology, FoldOptions.Trainer(values), journal, cancellation), cancellation);
        var scored = ScoredBy(values);
        return (new BacktestRun(journal, Report.Of(journal, scored, topology.HorizonBars), scored, new LeftOut(), null), replay);
    }

    /// <summary>Tells on standard error what was left out, what is missing, and why nothing is scored where nothing is.</summary>
    public async Task TellAsync()
    {
        await LeftOut.TellAsync();
        if (ReferenceGap is { } gap) await Console.Error.WriteLineAsync("kstock: " + gap);
        if (NothingScored.InWords(Journal, Report, Options) is { } nothing) await Console.Error.WriteLineAsync("kstock: " + nothing);
    }

    /// <summary>Which forecasts are scored and written.</summary>
    public static ReportOptions ScoredBy(SettingValues values) => new()
    {
        From = SimulationSettings.Day(values, SettingTable.From) ?? DateOnly.MinValue,
        To = SimulationSettings.Day(values, SettingTable.To) ?? DateOnly.MaxValue,
        FirstBar = (int)values.Whole(SettingTable.ScoreFromBar),
        Calendar = FoldOptions.Calendar(values),
    };

    static async Task<BacktestRun> SimulateAsync(
        SettingValues values, InputLook look, Func<IMarketSink, Task> feed, CancellationToken cancellation)
    {
        var (symbols, interval) = (SimulationSettings.Symbols(values), values.TextOrNull(SettingTable.Interval));
        look.Require(symbols, interval);
        var options = SimulationSettings.Of(values);
        var journal = new ForecastJournal(options.Topology.RestartAfterDays);
        BacktestSink? sink = null;
        var simulation = new Simulation(
            options, journal, deadLetter: defect => sink!.LeftOut.Note(defect.Message), cancellation: cancellation);
        sink = new BacktestSink(simulation, symbols, interval);
        await Task.Run(() => feed(sink), cancellation);
        simulation.Finish();
        var scored = ScoredBy(values);
        return new BacktestRun(
            journal, Report.Of(journal, scored, options.Topology.HorizonBars), scored, sink.LeftOut,
            look.ReferenceGap(options.Topology.Calendar));
    }
}
