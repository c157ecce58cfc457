using Kafka.Stock.BatchJob;
using Kafka.Stock.Contracts;
using Kafka.Stock.Ingestor;

namespace Kafka.Stock.Cli;

/// <summary>A backtest that has run: what was forecast, what came, and the scores.</summary>
/// <param name="Journal">All forecasts.</param>
/// <param name="Report">Their scores.</param>
/// <param name="Options">Which of them were scored.</param>
/// <param name="Defects">Lines that made no sense, the first of them: where, found, expected.</param>
sealed record BacktestRun(ForecastJournal Journal, Report Report, ReportOptions Options, IReadOnlyList<string> Defects)
{
    /// <summary>Folds files, all their bars from the first on.</summary>
    /// <exception cref="BrokenInputException">A file can't be read, or nothing in the files makes sense.</exception>
    public static Task<BacktestRun> OfFilesAsync(SettingValues values, IReadOnlyList<string> folders, CancellationToken cancellation)
    {
        var files = InputFolders.Of(StackSettings.Files(values, []), folders);
        return SimulateAsync(
            values, string.Join(", ", files.Paths), sink => new FileReplay(files, TimeProvider.System).RunAsync(sink, [], cancellation),
            cancellation);
    }

    /// <summary>Folds what a lake has in bronze/market, from the first record on.</summary>
    /// <param name="values">The lake's settings, the folds' and the simulation's.</param>
    /// <param name="path">A folder, or s3://bucket/prefix.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="BrokenInputException">There is no such table, it can't be read, or it has nothing that was asked for.</exception>
    public static async Task<BacktestRun> OfLakeAsync(SettingValues values, string path, CancellationToken cancellation)
    {
        using var lake = OpenLake.Of(values, path);
        var where = $"{lake.Lake.Store.Root}/{LakeTables.Market}";
        return await SimulateAsync(values, where, sink => new LakeReplay(sink).RunAsync(lake.Lake, cancellation), cancellation);
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
        return (new BacktestRun(journal, Report.Of(journal, scored, topology.HorizonBars), scored, []), replay);
    }

    static async Task<BacktestRun> SimulateAsync(
        SettingValues values, string where, Func<IMarketSink, Task> feed, CancellationToken cancellation)
    {
        var options = SimulationSettings.Of(values);
        var journal = new ForecastJournal(options.Topology.RestartAfterDays);
        BacktestSink? sink = null;
        var simulation = new Simulation(
            options, journal, deadLetter: defect => sink!.Note(defect.Message), cancellation: cancellation);
        sink = new BacktestSink(simulation, SimulationSettings.Symbols(values), values.TextOrNull(SettingTable.Interval));
        await Task.Run(() => feed(sink), cancellation);
        ThrowIfNothing(where, sink);
        simulation.Finish();
        var scored = ScoredBy(values);
        return new BacktestRun(journal, Report.Of(journal, scored, options.Topology.HorizonBars), scored, sink.Defects);
    }

    static void ThrowIfNothing(string where, BacktestSink sink)
    {
        if (sink.Rows > 0) return;
        throw sink.Defects.Count > 0
            ? new BrokenInputException(where, $"no line that makes sense, first {sink.Defects[0]}", "bars or trades")
            : new BrokenInputException(where, "no bar of the symbols and the interval that were asked for", "at least one");
    }

    /// <summary>Which forecasts are scored and written.</summary>
    public static ReportOptions ScoredBy(SettingValues values) => new()
    {
        From = SimulationSettings.Day(values, SettingTable.From) ?? DateOnly.MinValue,
        To = SimulationSettings.Day(values, SettingTable.To) ?? DateOnly.MaxValue,
        FirstBar = (int)values.Whole(SettingTable.ScoreFromBar),
        Calendar = FoldOptions.Calendar(values),
    };
}
