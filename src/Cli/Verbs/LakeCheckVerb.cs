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
        var rows = new Option<FileInfo?>("--acknowledged")
        {
            Description = "File of rows that may break a rule: series,end,check,reason.",
            HelpName = "file",
        };
        rows.Validators.Add(typed =>
        {
            if (typed.Tokens is [var file] && !File.Exists(file.Value))
                typed.AddError($"--acknowledged: found {file.Value}, which isn't a file; expected lines of series,end,check,reason");
        });
        var failOn = new Option<string[]>("--fail-on")
        {
            Description = "Names of checks that fail where they would warn.",
            HelpName = "check",
            AllowMultipleArgumentsPerToken = true,
        };
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
                var options = new QualityOptions { FailOn = context.Parse.GetValue(failOn) ?? [] };
                var acknowledged = context.Parse.GetValue(rows) is { } file
                    ? AcknowledgedRows.Parse(file.Name, await File.ReadAllTextAsync(file.FullName, cancellation))
                    : AcknowledgedRows.Empty;
                var check = new LakeCheck(lake.Lake, options, FoldOptions.Calendar(context.Values), acknowledged);
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
        foreach (var option in (IEnumerable<Option>)[json, rows, failOn]) verb.Add(option);
        return verb;
    }
}
