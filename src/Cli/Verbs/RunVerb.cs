using System.CommandLine;

namespace Kafka.Stock.Cli;

/// <summary><c>kstock run</c>: all roles in one process.</summary>
static class RunVerb
{
    public static Command Build()
    {
        var paths = PathArgument.Create(
            "Files or folders to ingest (docs/data-files.md); none: the bundled ones.", ArgumentArity.ZeroOrMore);
        var keep = new Option<bool>("--keep") { Description = "Go on after the last row until Ctrl-C." };
        var verb = Verb.Create(
            "run",
            """
            All roles in one process: ingest, Topology, Trainer and monthly retrains, on the broker that --bootstrap names
            or on an embedded one.

            Examples:
              kstock run my-prices/
              kstock run my-prices/ --bootstrap HOST:9092 --keep
            """,
            [
                .. SettingTable.Client,
                SettingTable.Partitions,
                .. SettingTable.Host,
                .. SettingTable.Ingest,
                SettingTable.Retrain,
                SettingTable.Recipe,
                SettingTable.Gate,
                .. SettingTable.TopologyFold,
                .. SettingTable.TrainerFold,
            ],
            (context, cancellation) =>
            {
                StackSettings.Check(context);
                context.ThrowIfProblems();
                var typed = context.Parse.GetValue(paths) ?? [];
                var bundled = typed.Length == 0;
                return new LiveRun(new LiveRunOptions
                {
                    Stack = StackSettings.Any(context.Values),
                    Files = StackSettings.Files(context.Values, bundled ? [BundledData.Folder] : typed) with
                    {
                        SpeedFactor = context.Values.RealOrNull(SettingTable.Speed),
                    },
                    Keep = context.Parse.GetValue(keep),
                    Attribution = bundled ? BundledData.Attribution : "",
                }).RunAsync(cancellation);
            });
        verb.Add(paths);
        verb.Add(keep);
        return verb;
    }
}
