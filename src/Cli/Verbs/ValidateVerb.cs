using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Kafka.Stock.Ingestor;

namespace Kafka.Stock.Cli;

/// <summary><c>kstock validate</c>: what is in files, and what is wrong with them, before anything runs.</summary>
static class ValidateVerb
{
    static readonly JsonSerializerOptions s_json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    public static Command Build()
    {
        var paths = PathArgument.Create("Files or folders.", ArgumentArity.OneOrMore);
        var json = new Option<bool>("--json") { Description = "One JSON object a file." };
        var verb = Verb.Create(
            "validate",
            """
            Reads files as a run would and lists what is wrong: exit code 0 when nothing is, 4 otherwise.

            Examples:
              kstock validate my-prices/
              kstock validate AAPL.csv --json
            """,
            [SettingTable.Source, SettingTable.Calendar, SettingTable.Reference],
            async (context, cancellation) =>
            {
                context.ThrowIfProblems();
                var files = StackSettings.Files(context.Values, context.Parse.GetValue(paths) ?? []);
                var asJson = context.Parse.GetValue(json);
                var sound = true;
                foreach (var report in new FileValidator(files).Validate(cancellation))
                {
                    sound &= report is { ProblemCount: 0, IsBroken: false };
                    await Console.Out.WriteLineAsync(asJson ? JsonSerializer.Serialize(report, s_json) : InWords(report));
                }

                return sound ? ExitCode.Done : ExitCode.BrokenInput;
            });
        verb.Add(paths);
        verb.Add(json);
        return verb;
    }

    static string InWords(FileReport report)
    {
        var symbols = report.SymbolCount switch
        {
            0 => "",
            1 => report.Symbols[0] + ", ",
            var count => string.Create(CultureInfo.InvariantCulture, $"{count} symbols, "),
        };
        var range = report is { FirstUs: { } first, LastUs: { } last } ? $", {Time(first)} to {Time(last)}" : "";
        var kind = report.Kind is { } known ? Words(known.ToString()) : "not readable";
        var state = report.ProblemCount == 0
            ? "sound"
            : string.Create(CultureInfo.InvariantCulture, $"{report.ProblemCount} problems");
        var lines = new List<string>
        {
            string.Create(
                CultureInfo.InvariantCulture,
                $"{report.Path}: {state}; {kind}, {symbols}{report.RowCount} rows{range}"),
        };
        lines.AddRange(report.Problems.Select(
            problem => $"  {problem.Where}: found {problem.Found}; expected {problem.Expected}"));
        var unnamed = report.ProblemCount - report.Problems.Count;
        if (unnamed > 0) lines.Add(string.Create(CultureInfo.InvariantCulture, $"  and {unnamed} more"));
        return string.Join('\n', lines);
    }

    static string Time(long timeUs)
    {
        var time = DateTime.UnixEpoch.AddMicroseconds(timeUs);
        return time.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) + " UTC";
    }

    static string Words(string name) => string.Concat(name.Select((c, i) => i > 0 && char.IsUpper(c)
        ? " " + char.ToLowerInvariant(c)
        : char.ToLowerInvariant(c).ToString()));
}
