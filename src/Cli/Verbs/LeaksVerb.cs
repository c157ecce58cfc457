using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Kafka.Stock.BatchJob;

namespace Kafka.Stock.Cli;

/// <summary><c>kstock leaks</c>: the usual mistakes on show.</summary>
static class LeaksVerb
{
    static readonly JsonSerializerOptions s_json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static Command Build()
    {
        var folders = InputFolders.Option();
        var json = new Option<bool>("--json") { Description = "One JSON object a mistake." };
        var verb = Verb.Create(
            "leaks",
            """
            Runs each known mistake of hand-made forecasters beside the honest way, on the same rows: the skill that it shows, the skill
            that is left in use. Skill is 1 - MASE: above 0 where a forecast beats no change.

            Examples:
              kstock leaks
              kstock leaks --json --from-files my-prices/
            """,
            [SettingTable.Source, SettingTable.Calendar, SettingTable.Reference],
            async (context, cancellation) =>
            {
                SimulationSettings.RefuseReference(context, "leaks shows its mistakes without one");
                context.ThrowIfProblems();
                var market = await MarketBars.ReadAsync(
                    context.Values, context.Parse.GetValue(folders) ?? [], new HashSet<string>(), cancellation);
                await market.LeftOut.TellAsync();
                var table = await Task.Run(() => LeakTable.Of(market.Bars), cancellation);
                if (context.Parse.GetValue(json))
                {
                    foreach (var result in table) await Console.Out.WriteLineAsync(JsonSerializer.Serialize(result, s_json));
                    return ExitCode.Done;
                }

                await Console.Out.WriteLineAsync($"{"mistake",-26} {"shown",9} {"real",9} {"honest",9}  {"data",-17} what is done wrong");
                foreach (var result in table) await Console.Out.WriteLineAsync(InWords(result));
                return ExitCode.Done;
            });
        verb.Add(folders);
        verb.Add(json);
        return verb;
    }

    static string InWords(LeakResult result)
    {
        var isSkill = result.Unit == "skill";
        return $"{result.Mistake,-26} {Number(result.Shown),9} {Number(result.Real),9} {Number(result.Honest),9}  {result.Data,-17} "
            + result.Words + (isSkill ? "" : $" ({result.Unit})");

        string Number(double value) => isSkill
            ? string.Create(CultureInfo.InvariantCulture, $"{100 * value:0.00} %")
            : string.Create(CultureInfo.InvariantCulture, $"{value:0.0}");
    }
}
