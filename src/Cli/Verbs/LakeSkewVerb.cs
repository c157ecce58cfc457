using System.CommandLine;
using System.Globalization;
using Kafka.Stock.BatchJob;

namespace Kafka.Stock.Cli;

/// <summary><c>kstock lake skew</c>: whether the features that the Trainer was given are gold's, to the bit.</summary>
static class LakeSkewVerb
{
    public static Command Build() => Verb.Create(
        "skew",
        """
        Joins the features in bronze.micro_batches to gold.features by series and bar end, and names each bit difference by feature.
        Exit code 3 where there is one.

        Example:
          kstock lake skew
        """,
        [.. SettingTable.Lakehouse, .. SettingTable.TopologyFold],
        async (context, cancellation) =>
        {
            context.ThrowIfProblems();
            using var lake = OpenLake.Of(context.Values);
            var report = await new LakeSkew(lake.Lake, FoldOptions.Topology(context.Values).Pipeline).RunAsync(cancellation);
            await Console.Out.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"{report.Rows} rows compared, {report.Differences} differences, {report.Missing} rows missing in gold; "
                    + $"{report.Refreshes} refreshes left out"));
            foreach (var (feature, count) in report.ByFeature)
                await Console.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"  {feature}: {count} differences"));
            foreach (var one in report.Samples)
            {
                var time = DateTime.UnixEpoch.AddMicroseconds(one.EndUs)
                    .ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFZ", CultureInfo.InvariantCulture);
                var gold = one.Gold is { } value ? Bits(value) : "no row";
                await Console.Out.WriteLineAsync($"  {one.Series} {time} {one.Feature}: online {Bits(one.Online)}, gold {gold}");
            }

            return report.IsEqual ? ExitCode.Done : ExitCode.Refused;
        });

    static string Bits(float value) => string.Create(
        CultureInfo.InvariantCulture, $"{value:R} ({BitConverter.SingleToUInt32Bits(value):x8})");
}
