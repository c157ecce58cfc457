using System.CommandLine;
using System.Globalization;
using Kafka.Stock.BatchJob;
using Kafka.Stock.Lakehouse;

namespace Kafka.Stock.Cli;

/// <summary><c>kstock lake optimize</c> and <c>vacuum</c>.</summary>
static class LakeUpkeepVerb
{
    public static Command BuildOptimize()
    {
        var path = TablePath.Argument();
        var verb = Verb.Create(
            "optimize",
            """
            Packs a table's small files into larger ones, in one commit that changes no row.

            Example:
              kstock lake optimize bronze.market
            """,
            SettingTable.Lakehouse,
            (context, cancellation) => TablePath.WorkAsync(context, path, async opened =>
            {
                var (before, after) = await LakeOptimize.RunAsync(opened, new CompactionOptions(), cancellation);
                await Console.Out.WriteLineAsync(before == 0
                    ? "nothing to pack"
                    : string.Create(
                        CultureInfo.InvariantCulture, $"{before} files packed into {after}, version {opened.Snapshot.Version}"));
            }, cancellation));
        verb.Add(path);
        return verb;
    }

    public static Command BuildVacuum()
    {
        var path = TablePath.Argument();
        var dryRun = new Option<bool>("--dry-run") { Description = "Only say what would be deleted." };
        var verb = Verb.Create(
            "vacuum",
            """
            Deletes files that no version of the last 7 days needs.

            Example:
              kstock lake vacuum bronze.market --dry-run
            """,
            SettingTable.Lakehouse,
            (context, cancellation) => TablePath.WorkAsync(context, path, async opened =>
            {
                var report = await opened.VacuumAsync(new VacuumOptions { IsDryRun = context.Parse.GetValue(dryRun) }, cancellation);
                foreach (var entry in report.Deleted) await Console.Out.WriteLineAsync(entry.Key);
                var verbDone = report.IsDryRun ? "would be deleted" : "deleted";
                await Console.Out.WriteLineAsync(string.Create(
                    CultureInfo.InvariantCulture, $"{report.Deleted.Length} files, {report.SizeBytes} bytes {verbDone}"));
            }, cancellation));
        verb.Add(path);
        verb.Add(dryRun);
        return verb;
    }
}
