using System.CommandLine;
using System.Globalization;
using Kafka.Stock.Lakehouse;

namespace Kafka.Stock.Cli;

/// <summary><c>kstock lake sync</c>: topics, or files, into bronze.</summary>
static class LakeSyncVerb
{
    public static Command Build()
    {
        var files = new Option<string[]>("--from-files")
        {
            Description = "Files or folders of bars and trades instead of topics (docs/data-files.md).",
            HelpName = "path",
            AllowMultipleArgumentsPerToken = true,
        };
        var follow = new Option<bool>("--follow")
        {
            Description = "Go on with what comes, a commit each --lake-commit-seconds, until Ctrl-C.",
        };
        var verb = Verb.Create(
            "sync",
            """
            Takes every record of the topics into bronze exactly once: the tables say how far they are, not the consumer groups.

            Examples:
              kstock lake sync --bootstrap HOST:9092
              kstock lake sync --bootstrap HOST:9092 --lake s3://bucket/stock --follow
              kstock lake sync --from-files my-prices/ --lake my-lake
            """,
            [
                .. SettingTable.Lakehouse, .. SettingTable.LakeSync, .. SettingTable.Client, SettingTable.Source, SettingTable.Calendar,
                SettingTable.Reference,
            ],
            async (context, cancellation) =>
            {
                var paths = context.Parse.GetValue(files) ?? [];
                if (paths.Length == 0 && context.Values.TextOrNull(SettingTable.Bootstrap) is null)
                    context.Problem("lake sync: found neither --bootstrap nor --from-files; expected one of them");
                context.ThrowIfProblems();
                using var lake = OpenLake.Of(context.Values);
                if (paths.Length > 0) return await FromFilesAsync(context.Values, lake.Lake, paths, cancellation);
                do
                {
                    await FromTopicsAsync(context.Values, lake.Lake, cancellation);
                }
                while (context.Parse.GetValue(follow) && await PauseAsync(context.Values, cancellation));

                return ExitCode.Done;
            });
        verb.Add(files);
        verb.Add(follow);
        return verb;
    }

    static async Task<int> FromFilesAsync(SettingValues values, Lake lake, string[] paths, CancellationToken cancellation)
    {
        var (rows, deadLetters) = await FileSync.RunAsync(
            lake, StackSettings.Files(values, paths), values.Whole(SettingTable.LakeCommitRows), cancellation);
        await Console.Out.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture, $"bronze/market: {rows} rows from files, {deadLetters} lines that couldn't be read"));
        return ExitCode.Done;
    }

    static async Task FromTopicsAsync(SettingValues values, Lake lake, CancellationToken cancellation)
    {
        var sync = new TopicSync(
            lake, StackSettings.Client(values), values.Whole(SettingTable.LakeCommitRows),
            TimeSpan.FromSeconds(values.Whole(SettingTable.LakeCommitSeconds)));
        foreach (var (path, rows) in await sync.RunAsync(cancellation))
            await Console.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{path}: {rows} rows"));
    }

    /// <returns>False when it was asked to stop.</returns>
    static async Task<bool> PauseAsync(SettingValues values, CancellationToken cancellation)
    {
        await Task.Delay(TimeSpan.FromSeconds(values.Whole(SettingTable.LakeCommitSeconds)), cancellation)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return !cancellation.IsCancellationRequested;
    }
}
