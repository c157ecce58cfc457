using System.CommandLine;
using Kafka.Stock.BatchJob;

namespace Kafka.Stock.Cli;

/// <summary><c>kstock backtest</c>: the folds over files, and what their forecasts were worth.</summary>
static class BacktestVerb
{
    public static Command Build()
    {
        var folders = new Option<string[]>("--from-files")
        {
            Description = "Folder or file of bars or trades, with the name of its source if it isn't csv; may be given several times. "
                + "By default the bundled data.",
            HelpName = "folder[=source]",
            Arity = ArgumentArity.OneOrMore,
        };
        var report = ReportPaths.Option("--report", "Writes the scores as CSV: per series and pooled, per year and whole range.");
        var forecasts = ReportPaths.Option("--forecasts", "Writes the forecasts as CSV: one row a forecast, strategy and level.");
        var html = ReportPaths.Option("--html", "Writes one self-contained page with tables and plots.");
        var json = new Option<bool>("--json") { Description = "The scores of the whole range as one JSON object." };
        var verb = Verb.Create(
            "backtest",
            """
            Folds files through the code that runs live, and scores each forecast by what came.

            Examples:
              kstock backtest
              kstock backtest --from-files my-prices/ --report report.csv --html report.html
              kstock backtest --from-files daily/ --from-files other/=other --from 2010-01-01 --to 2018-12-31 --json
            """,
            [
                .. SettingTable.Simulating, .. SettingTable.Reporting, SettingTable.Source, SettingTable.LogLevel,
                .. SettingTable.TopologyFold, .. SettingTable.TrainerFold,
            ],
            async (context, cancellation) =>
            {
                context.ThrowIfProblems();
                var run = await BacktestRun.OfFilesAsync(context.Values, context.Parse.GetValue(folders) ?? [], cancellation);
                foreach (var defect in run.Defects) await Console.Error.WriteLineAsync("kstock: left out: " + defect);
                ReportPaths.Write(context.Parse.GetValue(forecasts), writer => ForecastsFile.Write(writer, run.Journal, run.Options));
                ReportPaths.Write(context.Parse.GetValue(report), writer => ReportFile.Write(writer, run.Report));
                ReportPaths.Write(context.Parse.GetValue(html), writer => ReportPage.Write(writer, run.Journal, run.Report, run.Options));
                if (context.Parse.GetValue(json)) await Console.Out.WriteLineAsync(ReportSummary.ToJson(run.Journal, run.Report));
                else await Console.Out.WriteAsync(ReportSummary.ToText(run.Journal, run.Report));
                return ExitCode.Done;
            });
        verb.Add(folders);
        verb.Add(report);
        verb.Add(forecasts);
        verb.Add(html);
        verb.Add(json);
        return verb;
    }
}
