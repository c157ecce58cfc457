using System.CommandLine;
using System.Text;
using Kafka.Stock.Contracts;
using Kafka.Stock.Streaming;

namespace Kafka.Stock.Cli;

/// <summary><c>kstock consume</c>: reads a topic for a person or a program.</summary>
static class ConsumeVerb
{
    const string Prefix = "stock.";
    const string Suffix = ".v1";

    /// <summary>The topics of the table by the name that is typed: theirs without prefix and version.</summary>
    static readonly SortedDictionary<string, Topic> s_topics = new(
        StockTopics.All.ToDictionary(topic => topic.Name[Prefix.Length..^Suffix.Length]), StringComparer.Ordinal);

    const string FromEndAlone =
        "--from-end: found no --follow; expected both: at the end there is nothing to read yet";

    public static Command Build()
    {
        var what = new Argument<string>("topic") { Description = string.Join(", ", s_topics.Keys) + "; any other with --schema." };
        what.CompletionSources.Add([.. s_topics.Keys]);
        var schema = new Option<string>("--schema")
        {
            Description = "Reads values in the registry's frame by this schema, whatever their number: an .avsc file, or a name of ours.",
        };
        var json = new Option<bool>("--json") { Description = "One JSON object a record." };
        var follow = new Option<bool>("--follow") { Description = "Go on after the end, until Ctrl-C." };
        var fromEnd = new Option<bool>("--from-end") { Description = "Only what comes from now on; goes with --follow." };
        var max = new Option<long>("--max")
        {
            Description = "Stop after so many records.",
            DefaultValueFactory = _ => long.MaxValue,
            HelpName = "count",
        };
        var verb = Verb.Create(
            "consume",
            """
            Prints the records of a topic: forecasts as a table, anything as JSON lines.

            Examples:
              kstock consume forecasts --bootstrap HOST:9092
              kstock consume forecasts --bootstrap HOST:9092 --json --follow --from-end
              kstock consume dead-letters --bootstrap HOST:9092
              kstock consume orders --schema order.avsc --bootstrap HOST:9092
            """,
            [.. SettingTable.Client],
            (context, cancellation) =>
            {
                if (context.Parse.GetValue(fromEnd) && !context.Parse.GetValue(follow)) context.Problem(FromEndAlone);
                var schemaName = context.Parse.GetValue(schema);
                var topic = TopicOf(context, context.Parse.GetValue(what)!, schemaName);
                var options = new RecordReaderOptions
                {
                    Follow = context.Parse.GetValue(follow),
                    FromEnd = context.Parse.GetValue(fromEnd),
                    WithHeaders = topic == StockTopics.DeadLetters,
                    Name = "consume",
                };
                return ReadAsync(
                    new RecordReader(StackSettings.Client(context.Values), topic.Name, options),
                    output => schemaName is null
                        ? RecordPrinter.For(topic, context.Parse.GetValue(json), output)
                        : new JsonLines(output, SchemaVerb.Load(schemaName).Schema),
                    options.Follow, context.Parse.GetValue(max), cancellation);
            });
        verb.Requiring(SettingTable.Bootstrap);
        verb.Add(what);
        verb.Add(schema);
        verb.Add(json);
        verb.Add(follow);
        verb.Add(fromEnd);
        verb.Add(max);
        return verb;
    }

    /// <summary>The topic by what was typed; goes on only without problems.</summary>
    static Topic TopicOf(VerbContext context, string typed, string? schemaName)
    {
        var isOurs = s_topics.TryGetValue(typed, out var topic);
        if (!isOurs && schemaName is null)
            context.Problem($"topic: found {typed}; expected {string.Join(", ", s_topics.Keys)}, or another one with --schema");
        context.ThrowIfProblems();
        return topic ?? new Topic(typed, "as it came", [], TopicCleanup.Compact, "others");
    }

    static async Task<int> ReadAsync(
        RecordReader reader, Func<TextWriter, RecordPrinter> printerFor, bool isFlushedAtOnce, long max, CancellationToken cancellation)
    {
        using var output = OpenOutput(isFlushedAtOnce);
        var printer = printerFor(output);
        var left = max;
        await reader.ReadAsync(Print, cancellation);
        return ExitCode.Done;

        bool Print(in TopicRecord record)
        {
            if (left-- <= 0) return false;
            printer.Print(record);
            return left > 0;
        }
    }

    static StreamWriter OpenOutput(bool isFlushedAtOnce) => new(Console.OpenStandardOutput(), new UTF8Encoding(false), 65_536)
    {
        AutoFlush = isFlushedAtOnce,
        NewLine = "\n",
    };
}
