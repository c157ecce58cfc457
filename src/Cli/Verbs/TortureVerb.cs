using System.CommandLine;
using System.Globalization;
using Kafka.Stock.Contracts;
using Kafka.Stock.Lakehouse;

namespace Kafka.Stock.Cli;

/// <summary><c>kstock torture</c>: the long forms of tests that show guarantees under faults.</summary>
static class TortureVerb
{
    /// <summary>The verb that a writer process is.</summary>
    public const string WriterName = "lake-writer";

    /// <summary>The table in the lake that is tortured.</summary>
    public const string Table = "torture";

    static readonly IReadOnlyList<Setting> s_settings = [.. SettingTable.Lakehouse.Where(setting => setting != SettingTable.Lake)];

    public static Command Build()
    {
        var torture = new Command("torture", "Tries a guarantee under faults, at length.\n\nExample:\n  kstock torture lake");
        torture.Add(BuildLake());
        torture.Add(BuildWriter());
        return torture;
    }

    static Verb BuildLake()
    {
        var path = new Option<string?>("--path")
        {
            Description = "A new folder, or s3://bucket/prefix; by default a temporary folder.",
            HelpName = "path",
        };
        var writers = Number("--writers", "Processes that append at once, 1 to 64.", 8);
        var commits = Number("--commits", "Commits of each writer, 1 to 1,000,000.", 1_000);
        var kills = Number("--kills", "Writers killed by SIGKILL on the way, 0 to 1,000; others take their place.", 8);
        var json = new Option<bool>("--json") { Description = "One JSON object." };
        var verb = Verb.Create(
            "lake",
            """
            Processes append to one Delta table at once, some are killed, and then every commit and every row is read: exit code 1 when
            one is lost or there twice. Checks a disk, a network file system or an S3 server before you trust it with a lake.

            Examples:
              kstock torture lake
              kstock torture lake --path s3://bucket/torture --s3-endpoint http://127.0.0.1:9000 --writers 8 --commits 250 --json
            """,
            s_settings,
            async (context, cancellation) =>
            {
                var parse = context.Parse;
                Check(context, writers, 1, 64);
                Check(context, commits, 1, 1_000_000);
                Check(context, kills, 0, 1_000);
                context.ThrowIfProblems();
                var scratch = Directory.CreateTempSubdirectory("kstock-torture-").FullName;
                var at = parse.GetValue(path) ?? Path.Combine(scratch, "lake");
                var options = new TortureOptions(
                    at, parse.GetValue(writers), parse.GetValue(commits), parse.GetValue(kills), Flags(context.Values, scratch));
                return await RunAsync(context.Values, options, scratch, parse.GetValue(json), cancellation);
            });
        foreach (var option in (IEnumerable<Option>)[path, writers, commits, kills, json]) verb.Add(option);
        return verb;
    }

    static async Task<int> RunAsync(
        SettingValues values, TortureOptions options, string scratch, bool isJson, CancellationToken cancellation)
    {
        var isWhole = false;
        try
        {
            using var lake = OpenLake.Of(values, options.Path);
            if (await lake.Lake.HasAsync(Table, cancellation))
                throw new RefusedException($"{lake.Lake.Store.Root}/{Table}", "a table", "none, so that all of it is this run's");
            using var run = new TortureRun(options, Console.Error);
            var outcome = await run.RunAsync(lake.Lake, cancellation);
            await Console.Out.WriteLineAsync(isJson ? outcome.ToJson() : outcome.ToText());
            isWhole = outcome.Report.IsWhole;
            return isWhole ? ExitCode.Done : ExitCode.Failed;
        }
        finally
        {
            // A lake that isn't whole is kept: somebody will want to look.
            if (isWhole || !options.Path.StartsWith(scratch, StringComparison.Ordinal)) Directory.Delete(scratch, recursive: true);
        }
    }

    static Verb BuildWriter()
    {
        var path = new Option<string>("--path") { Description = "The lake.", HelpName = "path", Required = true };
        var writer = Number("--writer", "The writer's number.", 0);
        var commits = Number("--commits", "Commits of this writer, those of its predecessors included.", 1);
        var verb = Verb.Create(
            WriterName,
            "One writer, as kstock torture lake starts them.\n\n"
                + "Example:\n  kstock torture lake-writer --path my-lake --writer 0 --commits 10",
            s_settings,
            async (context, cancellation) =>
            {
                context.ThrowIfProblems();
                using var lake = OpenLake.Of(context.Values, context.Parse.GetValue(path)!);
                await new TortureWriter(lake.Lake, Table, context.Parse.GetValue(writer)).RunAsync(
                    context.Parse.GetValue(commits),
                    (number, version, races) => Console.Out.WriteLine(
                        string.Create(CultureInfo.InvariantCulture, $"{number} {version} {races} done")),
                    cancellation);
                return ExitCode.Done;
            });
        verb.Add(path);
        verb.Add(writer);
        verb.Add(commits);
        return verb;
    }

    /// <summary>The settings of this call for the writers, whose work folder is theirs.</summary>
    static List<string> Flags(SettingValues values, string scratch)
    {
        var flags = new List<string> { SettingTable.LakeWork.Flag, Path.Combine(scratch, "work") };
        foreach (var setting in s_settings.Where(setting => setting != SettingTable.LakeWork))
        {
            if (values.TextOrNull(setting) is { } text) flags.AddRange([setting.Flag, text]);
        }

        return flags;
    }

    static Option<int> Number(string name, string description, int normal) =>
        new(name) { Description = description, HelpName = "count", DefaultValueFactory = _ => normal };

    static void Check(VerbContext context, Option<int> option, int min, int max)
    {
        var value = context.Parse.GetValue(option);
        if (value < min || value > max)
            context.Problem(string.Create(CultureInfo.InvariantCulture, $"{option.Name}: found {value}; expected {min} to {max}"));
    }
}
