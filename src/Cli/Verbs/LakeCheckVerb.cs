using System.CommandLine;
using System.Globalization;
using Kafka.Stock.BatchJob;

namespace Kafka.Stock.Cli;

/// <summary><c>kstock lake check</c>: the quality gate.</summary>
static class LakeCheckVerb
{
    public static Command Build()
    {
        var json = new Option<bool>("--json") { Description = "One JSON object." };
        var flags = new GateFlags();
        var verb = Verb.Create(
            "check",
            """
            Checks the as-served bars of silver that are new since the last pass that passed. Results are rows of quality.checks.
            Exit code 3 when a check fails: the rows are named, each as the line that would acknowledge it.

            Examples:
              kstock lake check
              kstock lake check --json --fail-on gaps jumps
            """,
            [.. SettingTable.Lakehouse, SettingTable.Calendar],
            async (context, cancellation) =>
            {
                context.ThrowIfProblems();
                using var lake = OpenLake.Of(context.Values);
                var acknowledged = await flags.AcknowledgedAsync(context.Parse, cancellation);
                var check = new LakeCheck(
                    lake.Lake, flags.Options(context.Parse), FoldOptions.Calendar(context.Values), acknowledged);
                var pass = await check.RunAsync(cancellation);
                if (pass.Report is null)
                {
                    var nothing = string.Create(CultureInfo.InvariantCulture, $"no new rows since pass {pass.Number}");
                    await Console.Out.WriteLineAsync(context.Parse.GetValue(json) ? "{\"passed\":true,\"checks\":[]}" : nothing);
                    return ExitCode.Done;
                }

                await Console.Out.WriteLineAsync(context.Parse.GetValue(json) ? pass.Report.ToJson() : pass.Report.ToText().TrimEnd());
                if (pass.Report.Refusal("silver.bars") is { } refusal) throw refusal;
                return ExitCode.Done;
            });
        verb.Add(json);
        flags.AddTo(verb);
        return verb;
    }
}
