using System.CommandLine;
using System.Globalization;
using Kafka.Stock.Contracts;
using Kafka.Stock.Streaming;

namespace Kafka.Stock.Cli;

/// <summary><c>kstock topics</c>: the topic table, and what a broker has of it.</summary>
static class TopicsVerb
{
    public static Command Build()
    {
        var topics = new Command(
            "topics",
            """
            The topics of the table: list what a broker has, create what is missing, describe how they are set.

            Example:
              kstock topics list --bootstrap HOST:9092
            """);
        topics.Add(Verb.Create(
            "list",
            "Topics of the table and their partitions on the broker.\n\nExample:\n  kstock topics list --bootstrap HOST:9092",
            SettingTable.Client,
            ListAsync).Requiring(SettingTable.Bootstrap));
        topics.Add(Verb.Create(
            "create",
            """
            Makes the topics that are missing; one that is there and differs is an error that names both.

            Example:
              kstock topics create --bootstrap HOST:9092 --partitions 24 --replication-factor 3
            """,
            [.. SettingTable.Client, SettingTable.Partitions, SettingTable.ReplicationFactor],
            CreateAsync).Requiring(SettingTable.Bootstrap));
        topics.Add(Verb.Create(
            "describe",
            "How the topics of the table are set on the broker.\n\nExample:\n  kstock topics describe --bootstrap HOST:9092",
            SettingTable.Client,
            DescribeAsync).Requiring(SettingTable.Bootstrap));
        return topics;
    }

    static async Task<int> ListAsync(VerbContext context, CancellationToken _)
    {
        using var admin = Open(context);
        var existing = admin.List();
        foreach (var topic in StockTopics.All)
        {
            var partitions = existing.TryGetValue(topic.Name, out var count)
                ? string.Create(CultureInfo.InvariantCulture, $"{count} partitions")
                : "not there";
            await Console.Out.WriteLineAsync($"{topic.Name,-30} {partitions}");
        }

        return ExitCode.Done;
    }

    static async Task<int> CreateAsync(VerbContext context, CancellationToken _)
    {
        using var admin = Open(context);
        var partitions = (int)context.Values.Whole(SettingTable.Partitions);
        var replicas = (short)context.Values.Whole(SettingTable.ReplicationFactor);
        var made = await admin.CreateAsync(StockTopics.All, partitions, replicas);
        foreach (var name in made) await Console.Out.WriteLineAsync("created " + name);
        var present = StockTopics.All.Count - made.Count;
        await Console.Error.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture, $"kstock: {made.Count} created, {present} were there"));
        return ExitCode.Done;
    }

    static async Task<int> DescribeAsync(VerbContext context, CancellationToken _)
    {
        using var admin = Open(context);
        foreach (var found in await admin.DescribeAsync(StockTopics.All))
        {
            var topic = found.Topic;
            await Console.Out.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"{topic.Name}: {found.Partitions} partitions, key {topic.Key}, {topic.Cleanup}, written by {topic.WrittenBy}"));
            foreach (var (name, value) in found.Settings) await Console.Out.WriteLineAsync($"  {name}={value}");
        }

        return ExitCode.Done;
    }

    static TopicAdmin Open(VerbContext context)
    {
        context.ThrowIfProblems();
        return new TopicAdmin(StackSettings.Client(context.Values));
    }
}
