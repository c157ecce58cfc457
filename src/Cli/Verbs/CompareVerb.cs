using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Kafka.Stock.BatchJob;

namespace Kafka.Stock.Cli;

/// <summary><c>kstock compare</c>: the strategies beside each other, on rows that none of them had seen.</summary>
static class CompareVerb
{
    static readonly JsonSerializerOptions s_json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static Command Build()
    {
        var folders = InputFolders.Option();
        var csv = ReportPaths.Option("--csv", "Writes the table as CSV.");
        var html = ReportPaths.Option("--html", "Writes the table as one self-contained page with plots.");
        var json = new Option<bool>("--json") { Description = "One JSON object a strategy." };
        var verb = Verb.Create(
            "compare",
            """
            Naive, drift, online, batch, hybrid and the aggregate over the same rows: skill, intervals, processor time, rows touched, bars
            to recover after a drift. Simulates with retrains and without; daily bars.

            Examples:
              kstock compare
              kstock compare --from-files my-prices/ --csv compare.csv --html compare.html
            """,
            [
                .. SettingTable.Simulating, SettingTable.Symbols, SettingTable.From, SettingTable.To, SettingTable.ScoreFromBar,
                SettingTable.Source, .. SettingTable.TopologyFold, .. SettingTable.TrainerFold,
            ],
            async (context, cancellation) =>
            {
                SimulationSettings.Check(context);
                context.ThrowIfProblems();
                FileInfo?[] written = [context.Parse.GetValue(csv), context.Parse.GetValue(html)];
                ReportPaths.RequireWritable(written);
                var market = await MarketBars.ReadAsync(
                    context.Values, context.Parse.GetValue(folders) ?? [], SimulationSettings.Symbols(context.Values), cancellation);
                await market.TellAsync();
                var scored = BacktestRun.ScoredBy(context.Values);
                var comparison = await Task.Run(
                    () => StrategyComparison.Of(market.Feed, SimulationSettings.Of(context.Values), scored, cancellation), cancellation);
                if (NothingScored.InWords(comparison.Journal, comparison.Report, scored) is { } nothing)
                {
                    await Console.Error.WriteLineAsync("kstock: " + nothing);
                    return ExitCode.BrokenInput;
                }

                ReportPaths.Write(written[0], writer => CompareFile.Write(writer, comparison));
                ReportPaths.Write(written[1], writer => ComparePage.Write(writer, comparison));
                await WriteAsync(comparison, context.Parse.GetValue(json));
                return ExitCode.Done;
            });
        verb.Add(folders);
        verb.Add(csv);
        verb.Add(html);
        verb.Add(json);
        return verb;
    }

    static async Task WriteAsync(StrategyComparison comparison, bool asJson)
    {
        if (asJson)
        {
            foreach (var row in comparison.Rows) await Console.Out.WriteLineAsync(JsonSerializer.Serialize(row, s_json));
            return;
        }

        await Console.Out.WriteLineAsync(
            $"{"strategy",-10} {"rows",7} {"MAE",9} {"RMSE",9} {"MASE",8} {"relative",8} {"direction",9} {"coverage",8} {"Winkler",8} "
                + $"{"DM p",6} {"e-value",8} {"CPU s",8} {"rows touched",13} {"recover",8} {"not",7}");
        foreach (var row in comparison.Rows)
        {
            var one = row.Scores;
            await Console.Out.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"{one.Strategy,-10} {one.Rows,7} {one.Mae,9:F6} {one.Rmse,9:F6} {one.Mase,8:F4} {one.RelativeMae,8:F4} "
                    + $"{one.DirectionalAccuracy,9:F4} {one.Coverage,8:F4} {one.Winkler,8:F5} {one.DieboldMarianoNaive,6:F3} "
                    + $"{one.EvidenceNaive,8:G4} {row.CpuSeconds,8:F3} {row.RowsTouched,13:N0} {row.BarsToRecover,8:F1} "
                    + $"{row.AlarmsUnrecovered + " of " + row.Alarms,7}"));
        }

        await Console.Out.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture, $"shared by all: {comparison.SharedCpuSeconds:F1} s of processor time"));
    }
}
