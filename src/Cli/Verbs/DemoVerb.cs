using System.CommandLine;

namespace Kafka.Stock.Cli;

/// <summary><c>kstock demo</c>: everything in one process, on bundled or the user's own data.</summary>
static class DemoVerb
{
    public static Command Build()
    {
        var data = DataOption();
        var keep = new Option<bool>("--keep")
        {
            Description = "Serve the broker until Ctrl-C, so that others can read the topics.",
        };
        var fast = new Option<bool>("--fast")
        {
            Description = "No pacing: as fast as it goes. Without it a terminal gets about 40 seconds to watch.",
        };
        var verb = Verb.Create(
            "demo",
            """
            Real daily bars, then a day of real trades, become scored forecasts: ingest, Topology, Trainer and monthly retrains
            on an embedded broker, and a lake.
            The last line of standard output is one JSON object.

            Examples:
              kstock demo
              kstock demo --fast | tail -1
              kstock demo --keep --partitions 7
              kstock demo --data my-prices/
            """,
            [
                SettingTable.Partitions, .. SettingTable.Host, SettingTable.Source, SettingTable.Retrain, SettingTable.Recipe,
                SettingTable.Gate, .. SettingTable.TopologyFold, .. SettingTable.TrainerFold, .. SettingTable.Lakehouse,
            ],
            async (context, cancellation) =>
            {
                var folder = context.Parse.GetValue(data);
                StackSettings.Check(context);
                context.ThrowIfProblems();
                var bundled = folder is null;
                var values = context.Values;
                var live = Terminal.IsWatched;
                var stack = StackSettings.Embedded(values);
                using var lake = await DemoLake.BeginAsync(values, cancellation);
                return await new LiveRun(new LiveRunOptions
                {
                    Stack = stack with { Tap = lake.Take },
                    AfterWork = stop => lake.CompleteAsync(stack.Topology, Console.Out, stop),
                    Files = StackSettings.Files(values, [folder?.FullName ?? BundledData.Folder]),
                    Over = live && !context.Parse.GetValue(fast) ? TimeSpan.FromSeconds(40) : TimeSpan.Zero,
                    Keep = context.Parse.GetValue(keep),
                    Attribution = bundled ? BundledData.Attribution : "",
                    JsonResult = true,
                }).RunAsync(cancellation);
            });
        verb.Add(data);
        verb.Add(keep);
        verb.Add(fast);
        return verb;
    }

    static Option<DirectoryInfo?> DataOption()
    {
        var data = new Option<DirectoryInfo?>("--data")
        {
            Description = "Folder of the user's own CSV files, instead of the bundled ones (docs/data-files.md).",
            HelpName = "folder",
        };
        data.Validators.Add(typed =>
        {
            if (typed.Tokens is [var folder] && !Directory.Exists(folder.Value))
                typed.AddError($"--data: found {folder.Value}, which isn't a folder; expected a folder of CSV files");
        });
        return data;
    }
}
