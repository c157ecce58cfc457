using System.CommandLine;
using System.Globalization;
using Kafka.Stock.Ingestor;
using Kafka.Stock.Streaming;

namespace Kafka.Stock.Cli;

/// <summary><c>kstock ingest</c>: the Ingestor as a process of its own.</summary>
static class IngestVerb
{
    public static Command Build()
    {
        var paths = PathArgument.Create("Files or folders (docs/data-files.md).", ArgumentArity.OneOrMore);
        var verb = Verb.Create(
            "ingest",
            """
            Publishes files of bars and trades as one stream in event-time order. Goes on where it stopped.

            Examples:
              kstock ingest my-prices/ --bootstrap HOST:9092
              kstock ingest ticks.csv.gz --bootstrap HOST:9092 --source iex --speed 60
            """,
            [.. SettingTable.Client, SettingTable.LogLevel, .. SettingTable.Ingest],
            async (context, cancellation) =>
            {
                context.ThrowIfProblems();
                var kafka = StackSettings.Client(context.Values);
                var files = StackSettings.Files(context.Values, context.Parse.GetValue(paths) ?? []) with
                {
                    SpeedFactor = context.Values.RealOrNull(SettingTable.Speed),
                };
                var positions = await Task.Run(() => IngestPositions.Read(kafka, cancellation), cancellation);
                using var publisher = new RecordPublisher(kafka, new FoldCounters("ingestor")) { Stopping = cancellation };
                var lines = new ProgressLines(Console.Error, TimeProvider.System);
                try
                {
                    var done = await Task.Run(
                        () => new FileReplay(files, TimeProvider.System, lines.Report)
                            .RunAsync(new StreamSink(publisher), positions, cancellation),
                        CancellationToken.None);
                    await Console.Out.WriteLineAsync(string.Create(
                        CultureInfo.InvariantCulture,
                        $"{done.TickCount} ticks, {done.BarCount} bars, {done.WatermarkCount} watermarks, "
                            + $"{done.CorporateActionCount} corporate actions, {done.DeadLetterCount} dead letters; "
                            + $"{done.SkippedCount} were there before"));
                    return ExitCode.Done;
                }
                finally
                {
                    publisher.Flush(10_000);
                }
            });
        verb.Requiring(SettingTable.Bootstrap);
        verb.Add(paths);
        return verb;
    }
}
