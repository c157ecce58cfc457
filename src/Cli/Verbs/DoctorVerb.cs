using System.CommandLine;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using Kafka.Stock.Contracts;
using Kafka.Stock.Streaming;

namespace Kafka.Stock.Cli;

/// <summary><c>kstock doctor</c>: what works here, and how to mend what doesn't.</summary>
static class DoctorVerb
{
    const long FreeBytesWanted = 1L << 30;

    public static Command Build()
    {
        var json = new Option<bool>("--json") { Description = "One JSON object a check." };
        var verb = Verb.Create(
            "doctor",
            """
            Checks the machine, the native client, the disk, and a broker: the one that --bootstrap names, else an embedded one.
            Exit code 0 when all is well, 1 otherwise.

            Examples:
              kstock doctor
              kstock doctor --bootstrap HOST:9092
            """,
            SettingTable.Client, async (context, cancellation) =>
            {
                context.ThrowIfProblems();
                var asJson = context.Parse.GetValue(json);
                var well = true;
                foreach (var result in await Task.Run(() => (Checkup[])[Versions(), Disk(), .. Streams(context)], cancellation))
                {
                    well &= result.Well;
                    await Console.Out.WriteLineAsync(asJson
                        ? JsonSerializer.Serialize(result, JsonSerializerOptions.Web)
                        : $"{(result.Well ? "ok  " : "FAIL")} {result.What}: {result.Found}{(result.Well ? "" : "\n     " + result.Mend)}");
                }

                return well ? ExitCode.Done : ExitCode.Failed;
            });
        verb.Add(json);
        return verb;
    }

    static Checkup Versions() => new(
        "versions",
        true,
        $"kstock {typeof(DoctorVerb).Assembly.GetName().Version?.ToString(3)}, {RuntimeInformation.FrameworkDescription}, "
            + $"{RuntimeInformation.RuntimeIdentifier}, {Environment.ProcessorCount} processors",
        "");

    static Checkup Disk()
    {
        var drive = new DriveInfo(Path.GetFullPath("."));
        var free = drive.AvailableFreeSpace;
        return new Checkup(
            "disk",
            free >= FreeBytesWanted,
            string.Create(CultureInfo.InvariantCulture, $"{free / (double)(1L << 30):F1} GiB free in the current folder"),
            "free at least 1 GiB");
    }

    /// <summary>The native client, and the broker: the one that is set, else an embedded one.</summary>
    static IEnumerable<Checkup> Streams(VerbContext context)
    {
        var isEmbedded = context.Values.TextOrNull(SettingTable.Bootstrap) is null;
        var client = isEmbedded ? null : StackSettings.Client(context.Values);
        return StreamDoctor.Check(client, StockTopics.All)
            .Select(finding => new Checkup(finding.Name, finding.IsGood, finding.Found, finding.Mend));
    }

    /// <summary>One check's result.</summary>
    sealed record Checkup(string What, bool Well, string Found, string Mend);
}
