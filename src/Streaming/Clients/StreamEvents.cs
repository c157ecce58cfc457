using System.Globalization;

namespace Kafka.Stock.Streaming;

/// <summary>Every event of the runtime with its number, once.</summary>
public static class StreamEvents
{
    internal static StreamEvent Started(string role, string topic, int partitions) =>
        Make(2001, StreamEventLevel.Information, $"{role} started on {topic}, {partitions} partitions");

    internal static StreamEvent Refolding(string role, string topic, int partition, long upTo) =>
        Make(2002, StreamEventLevel.Information, $"{role} folds {topic}[{partition}] again, muted, up to offset {upTo}");

    internal static StreamEvent Restored(string role, string topic, int partition, long offset) =>
        Make(2003, StreamEventLevel.Information, $"{role} is live on {topic}[{partition}] from offset {offset}");

    internal static StreamEvent DeadLetter(string role, string what) =>
        Make(2004, StreamEventLevel.Warning, $"{role} put a record to the dead letters: {what}");

    internal static StreamEvent WaitingForSchema(string role, string where, int id) =>
        Make(2005, StreamEventLevel.Warning, $"{role} waits at {where}: nobody knows schema id {id}");

    internal static StreamEvent ClientError(string role, string reason) =>
        Make(2006, StreamEventLevel.Warning, $"{role}: {reason}");

    internal static StreamEvent Stopped(string role, string topic) =>
        Make(2007, StreamEventLevel.Information, $"{role} stopped on {topic}");

    internal static StreamEvent Failed(string role, string reason) =>
        Make(2008, StreamEventLevel.Error, $"{role} ended: {reason}");

    internal static StreamEvent NoReference(string role) => Make(
        2009, StreamEventLevel.Warning,
        $"{role}: found a bar without one of the market reference, and put zeros; expected one of the same end: ingest it, too");

    static StreamEvent Make(int id, StreamEventLevel level, FormattableString message) =>
        new(id, level, message.ToString(CultureInfo.InvariantCulture));
}
