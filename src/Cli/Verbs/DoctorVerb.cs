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
                foreach (var check in (Func<Checkup>[])[Versions, NativeClient, Disk, () => Broker(context)])
                {
                    cancellation.ThrowIfCancellationRequested();
                    var result = await Task.Run(() => Guarded(check), cancellation);
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

    static Checkup Guarded(Func<Checkup> check)
    {
        try
        {
            return check();
        }
        catch (Exception error) when (error is StockException or DllNotFoundException or EntryPointNotFoundException or IOException or UnauthorizedAccessException)
        {
            return new Checkup(check.Method.Name, false, error.Message, "run ./kstock again: it prepares what is missing; docs/building.md has the rest");
        }
    }

    static Checkup Versions() => new(
        "versions", true,
        $"kstock {typeof(DoctorVerb).Assembly.GetName().Version?.ToString(3)}, {RuntimeInformation.FrameworkDescription}, {RuntimeInformation.RuntimeIdentifier}, {Environment.ProcessorCount} processors",
        "");

    static Checkup NativeClient()
    {
        var client = ClientLibrary.Describe();
        return new Checkup("native client", true, $"librdkafka {client.Version}, features {client.Features}", "");
    }

    static Checkup Disk()
    {
        var drive = new DriveInfo(Path.GetFullPath("."));
        return new Checkup(
            "disk", drive.AvailableFreeSpace >= FreeBytesWanted,
            string.Create(CultureInfo.InvariantCulture, $"{drive.AvailableFreeSpace / (double)(1L << 30):F1} GiB free in the current folder"), "free at least 1 GiB");
    }

    static Checkup Broker(VerbContext context)
    {
        if (context.Values.TextOrNull(SettingTable.Bootstrap) is null)
        {
            using var broker = EmbeddedBroker.Start(1);
            using var embedded = new TopicAdmin(broker.Options);
            return new Checkup("broker", true, string.Create(CultureInfo.InvariantCulture, $"embedded, {embedded.List().Count} topics; --bootstrap checks another"), "");
        }

        var client = StackSettings.Client(context.Values);
        using var admin = new TopicAdmin(client);
        var existing = admin.List();
        var missing = StockTopics.All.Where(topic => !existing.ContainsKey(topic.Name)).Select(topic => topic.Name).ToArray();
        return new Checkup(
            "broker", missing.Length == 0,
            missing.Length == 0 ? $"{client.BootstrapServers}, all topics are there" : $"{client.BootstrapServers}, without {string.Join(", ", missing)}",
            $"kstock topics create --bootstrap {client.BootstrapServers}");
    }

    /// <summary>One check's result.</summary>
    sealed record Checkup(string What, bool Well, string Found, string Mend);
}
