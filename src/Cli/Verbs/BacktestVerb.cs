using System.CommandLine;
using Kafka.Stock.BatchJob;

namespace Kafka.Stock.Cli;

/// <summary><c>kstock backtest</c>: the folds over files, a lake or topics, and what their forecasts were worth.</summary>
static class BacktestVerb
{
    public static Command Build()
    {
        var folders = InputFolders.Option();
        var lake = new Option<string?>("--from-lake")
        {
            Description = "Folder or s3://bucket/prefix of a lake: simulates what bronze.market remembers.",
            HelpName = "path",
        };
        var topics = new Option<bool>("--from-topics")
        {
            Description = "Folds the market records and promotions of a broker's topics again, and compares with its forecasts.",
        };
        var report = ReportPaths.Option("--report", "Writes the scores as CSV: per series and pooled, per year and whole range.");
        var forecasts = ReportPaths.Option("--forecasts", "Writes the forecasts as CSV: one row a forecast, strategy and level.");
        var html = ReportPaths.Option("--html", "Writes one self-contained page with tables and plots.");
        var json = new Option<bool>("--json") { Description = "The scores of the whole range as one JSON object." };
        var verb = Verb.Create(
            "backtest",
            """
            Folds files, or what a lake remembers, through the code that runs live, and scores each forecast by what came.

            Examples:
              kstock backtest
              kstock backtest --from-files my-prices/ --report report.csv --html report.html
              kstock backtest --from-files daily/ --from-files other/=other --from 2010-01-01 --to 2018-12-31 --json
              kstock backtest --from-lake s3://bucket/stock --symbols IBM --forecasts forecasts.csv
              kstock backtest --from-topics --bootstrap HOST:9092
            """,
            [
                .. SettingTable.Client, .. SettingTable.Simulating, .. SettingTable.Reporting, SettingTable.Source, SettingTable.LogLevel,
                .. SettingTable.Lakehouse.Where(setting => setting != SettingTable.Lake), .. SettingTable.TopologyFold,
                .. SettingTable.TrainerFold,
            ],
            async (context, cancellation) =>
            {
                var typed = context.Parse.GetValue(folders) ?? [];
                var isReplay = context.Parse.GetValue(topics);
                var lakePath = context.Parse.GetValue(lake);
                Check(context, isReplay, typed.Length > 0, lakePath);
                SimulationSettings.Check(context);
                context.ThrowIfProblems();
                FileInfo?[] written = [context.Parse.GetValue(forecasts), context.Parse.GetValue(report), context.Parse.GetValue(html)];
                ReportPaths.RequireWritable(written);
                var (run, replay) = isReplay
                    ? await BacktestRun.OfTopicsAsync(context.Values, cancellation)
                    : (await SimulateAsync(context.Values, typed, lakePath, cancellation), null);
                await run.TellAsync();
                ReportPaths.Write(written[0], writer => ForecastsFile.Write(writer, run.Journal, run.Options));
                ReportPaths.Write(written[1], writer => ReportFile.Write(writer, run.Report));
                ReportPaths.Write(written[2], writer => ReportPage.Write(writer, run.Journal, run.Report, run.Options));
                if (context.Parse.GetValue(json)) await Console.Out.WriteLineAsync(ReportSummary.ToJson(run.Journal, run.Report));
                else await Console.Out.WriteAsync(ReportSummary.ToText(run.Journal, run.Report));
                foreach (var alarm in LeakAlarm.Of(run.Report)) await Console.Error.WriteLineAsync("kstock: suspicious: " + alarm);
                if (replay is null) return ExitCode.Done;
                await Console.Error.WriteLineAsync("kstock: " + ReplayResult.InWords(replay));
                return replay.Different + replay.OnlyLive == 0 ? ExitCode.Done : ExitCode.Failed;
            });
        foreach (var option in (IEnumerable<Option>)[folders, lake, topics, report, forecasts, html, json]) verb.Add(option);
        return verb;
    }

    static Task<BacktestRun> SimulateAsync(SettingValues values, string[] folders, string? lake, CancellationToken cancellation) =>
        lake is null ? BacktestRun.OfFilesAsync(values, folders, cancellation) : BacktestRun.OfLakeAsync(values, lake, cancellation);

    static void Check(VerbContext context, bool isReplay, bool hasFiles, string? lake)
    {
        if (isReplay && hasFiles) context.Problem("--from-topics: found --from-files beside it; expected one of them");
        if (lake is not null && (isReplay || hasFiles))
            context.Problem($"--from-lake: found {(hasFiles ? "--from-files" : "--from-topics")} beside it; expected one of them");
        if (lake is "") context.Problem("--from-lake: found nothing; expected a folder, or s3://bucket/prefix");
        var hasBroker = context.Values.TextOrNull(SettingTable.Bootstrap) is not null;
        if (isReplay && !hasBroker) context.Problem($"--from-topics: found no broker; expected {SettingTable.Bootstrap.Flag} HOST:PORT");
    }
}
