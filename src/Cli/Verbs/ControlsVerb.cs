using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Kafka.Stock.BatchJob;
using Kafka.Stock.Contracts;

namespace Kafka.Stock.Cli;

/// <summary><c>kstock controls</c>: runs whose outcome is known.</summary>
static class ControlsVerb
{
    static readonly JsonSerializerOptions s_json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static Command Build()
    {
        var folders = InputFolders.Option();
        var json = new Option<bool>("--json") { Description = "One JSON object a control." };
        var isShort = new Option<bool>("--short") { Description = "Fewer runs without retrains: seconds, not minutes." };
        var verb = Verb.Create(
            "controls",
            """
            Runs whose outcome is known: random walks, a planted memory, reckless candidates, a regime that returns.
            Ends with code 1 where one isn't as it has to be.

            Examples:
              kstock controls --short
              kstock controls --json
              kstock controls --from-files my-prices/
            """,
            [SettingTable.Source, .. SettingTable.TopologyFold, .. SettingTable.TrainerFold],
            async (context, cancellation) =>
            {
                SimulationSettings.RefuseReference(context, "controls make bars up, and there is none that goes with them");
                context.ThrowIfProblems();
                var market = await MarketBars.ReadAsync(
                    context.Values, context.Parse.GetValue(folders) ?? [], new HashSet<string>(), cancellation);
                await market.LeftOut.TellAsync();
                var length = context.Parse.GetValue(isShort) ? ControlOptions.Short : new ControlOptions();
                var options = length with
                {
                    Simulation = new SimulationOptions
                    {
                        Topology = FoldOptions.Topology(context.Values),
                        Trainer = FoldOptions.Trainer(context.Values),
                        Retrain = new RetrainOptions { Seed = (ulong)context.Values.Whole(SettingTable.Seed) },
                    },
                };
                var controls = new Controls(options, Progress, cancellation);
                var asJson = context.Parse.GetValue(json);
                var passed = true;
                foreach (var run in Runs(controls, market.Bars))
                {
                    foreach (var result in await Task.Run(run, cancellation))
                    {
                        passed &= result.Passed;
                        await Console.Out.WriteLineAsync(asJson ? JsonSerializer.Serialize(result, s_json) : InWords(result));
                    }
                }

                return passed ? ExitCode.Done : ExitCode.Failed;
            });
        verb.Add(folders);
        verb.Add(json);
        verb.Add(isShort);
        return verb;
    }

    static IEnumerable<Func<IReadOnlyList<ControlResult>>> Runs(Controls controls, IReadOnlyList<SourceBar> bars) =>
    [
        () => [controls.RandomWalk(bars)], () => [controls.FalseDiscoveries()], () => controls.PlantedMemory(bars),
        () => [controls.BadCandidates(bars)], controls.Forgetting,
    ];

    static void Progress(string control, int done, int total)
    {
        if (!Console.IsErrorRedirected) Console.Error.Write($"\r{control} {done} of {total}   {(done == total ? "\n" : "")}");
    }

    static string InWords(ControlResult result) => string.Create(
        CultureInfo.InvariantCulture,
        $"{(result.Passed ? "passed" : "FAILED")}  {result.Control,-22} {result.Value,10:G6}  wanted {result.Wanted}; {result.Meaning}");
}
