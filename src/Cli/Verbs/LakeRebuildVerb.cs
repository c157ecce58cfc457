using System.CommandLine;
using System.Globalization;
using Kafka.Stock.BatchJob;

namespace Kafka.Stock.Cli;

/// <summary><c>kstock lake rebuild</c>: silver and gold from bronze.</summary>
static class LakeRebuildVerb
{
    public static Command Build()
    {
        var full = new Option<bool>("--full") { Description = "From bronze's first record on, whatever the last rebuild left." };
        var verb = Verb.Create(
            "rebuild",
            """
            Makes silver and gold from bronze by the Topology's own fold, each replaced in one commit: the same rows and files whoever runs
            it. Without --full only what is new in bronze is folded. Settings of the Topology must be those of the stream.

            Example:
              kstock lake rebuild --full
            """,
            [.. SettingTable.Lakehouse, .. SettingTable.TopologyFold],
            async (context, cancellation) =>
            {
                context.ThrowIfProblems();
                using var lake = OpenLake.Of(context.Values);
                var options = new RebuildOptions
                {
                    Topology = FoldOptions.Topology(context.Values),
                    IsFull = context.Parse.GetValue(full),
                };
                var report = await new LakeRebuild(lake.Lake, options).RunAsync(cancellation);
                await Console.Out.WriteLineAsync(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{(report.IsFull ? "full" : "incremental")}: {report.Records} records folded, {report.Refused} refused; "
                        + $"silver.bars {report.BarRows} rows at version {report.BarsVersion}, "
                        + $"gold.features {report.FeatureRows} rows at version {report.FeaturesVersion}"));
                if (report.UnreadPayloads > 0)
                {
                    await Console.Error.WriteLineAsync(string.Create(
                        CultureInfo.InvariantCulture,
                        $"kstock: {report.UnreadPayloads} payloads of bronze.raw give no bars: another form, or a defect"));
                }

                return ExitCode.Done;
            });
        verb.Add(full);
        return verb;
    }
}
