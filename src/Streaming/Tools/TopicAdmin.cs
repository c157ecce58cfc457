using System.Globalization;
using Confluent.Kafka;
using Confluent.Kafka.Admin;
using Kafka.Stock.Contracts;

namespace Kafka.Stock.Streaming;

/// <summary>Topics on a broker: which there are, making those of a table, and whether they are as the table says.</summary>
/// <remarks>An embedded broker answers questions of metadata alone; its topics are made by
/// <see cref="EmbeddedBroker.CreateTopic"/>.</remarks>
public sealed class TopicAdmin(KafkaOptions options) : IDisposable
{
    const long MsPerDay = 86_400_000;

    readonly KafkaOptions _options = options.Validated();
    readonly NativeQuestions _questions = new(options.Validated());

    /// <summary>Partition counts of all topics of the broker, by name.</summary>
    /// <exception cref="StreamException">The broker doesn't answer.</exception>
    public IReadOnlyDictionary<string, int> List() => _questions.Topics();

    /// <summary>Partitions of a topic.</summary>
    /// <exception cref="StreamException">There is no such topic, or the broker doesn't answer.</exception>
    public int PartitionCount(string topic) => _questions.PartitionCount(topic);

    /// <summary>End of each partition: the offset that the next record gets.</summary>
    /// <exception cref="StreamException">There is no such topic, or the broker doesn't answer.</exception>
    public IReadOnlyDictionary<int, long> EndOffsets(string topic) => Enumerable.Range(0, PartitionCount(topic))
        .ToDictionary(partition => partition, partition => _questions.Watermarks(topic, partition).High);

    /// <summary>The settings that a topic of the table is made with.</summary>
    public static IReadOnlyDictionary<string, string> SettingsOf(Topic topic)
    {
        var settings = new SortedDictionary<string, string>(StringComparer.Ordinal) { ["message.timestamp.type"] = "LogAppendTime" };
        if (topic.Cleanup.IsCompact)
        {
            settings["cleanup.policy"] = "compact";
            settings["segment.bytes"] = "16777216";
            settings["max.compaction.lag.ms"] = "600000";
            settings["min.cleanable.dirty.ratio"] = "0.1";
        }
        else
        {
            settings["cleanup.policy"] = "delete";
            settings["retention.ms"] = (topic.Cleanup.RetentionDays * MsPerDay).ToString(CultureInfo.InvariantCulture);
        }

        return settings;
    }

    /// <summary>Makes the topics that aren't there, and checks those that are.</summary>
    /// <param name="topics">Rows of the table.</param>
    /// <param name="partitions">Partitions of each, at least 1.</param>
    /// <param name="replicas">Copies of each record; -1 for the broker's default.</param>
    /// <returns>Names of those made.</returns>
    /// <exception cref="ConfigurationException">A topic is there with another partition count or cleanup: both are named, all at
    /// once.</exception>
    /// <exception cref="StreamException">The broker doesn't answer, or refuses.</exception>
    public async Task<IReadOnlyList<string>> CreateAsync(IEnumerable<Topic> topics, int partitions, short replicas = -1)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(partitions);
        var wanted = topics.ToList();
        var existing = List();
        var found = await DescribeAsync(wanted.Where(topic => existing.ContainsKey(topic.Name)));
        var faults = found.SelectMany(topic => topic.Mismatches(partitions)).ToList();
        if (faults.Count > 0)
        {
            throw new ConfigurationException("topics of the broker", string.Join("; ", faults), "topics as the table has them");
        }

        var missing = wanted.Where(topic => !existing.ContainsKey(topic.Name)).ToList();
        if (missing.Count > 0) await MakeAsync(missing, partitions, replicas);
        return [.. missing.Select(topic => topic.Name)];
    }

    /// <summary>What the broker says about topics of the table; settings are empty when it answers no such question, as the embedded
    /// one.</summary>
    /// <exception cref="StreamException">The broker doesn't answer, or refuses.</exception>
    public async Task<IReadOnlyList<TopicDescription>> DescribeAsync(IEnumerable<Topic> topics)
    {
        var existing = List();
        var rows = topics.ToList();
        var present = rows.Where(topic => existing.ContainsKey(topic.Name)).ToList();
        var settings = present.Count == 0 || _options.IsEmbedded ? [] : await SettingsAsync(present);
        return
        [
            .. rows.Select(topic => new TopicDescription(
                topic, existing.GetValueOrDefault(topic.Name),
                settings.GetValueOrDefault(topic.Name) ?? new SortedDictionary<string, string>(StringComparer.Ordinal))),
        ];
    }

    /// <inheritdoc/>
    public void Dispose() => _questions.Dispose();

    async Task<Dictionary<string, IReadOnlyDictionary<string, string>>> SettingsAsync(List<Topic> topics)
    {
        using var client = Client();
        var resources = topics.Select(topic => new ConfigResource { Type = ResourceType.Topic, Name = topic.Name });
        var timeout = new DescribeConfigsOptions { RequestTimeout = TimeSpan.FromMilliseconds(_options.RequestTimeoutMs) };
        var answers = await Ask("settings of the topics", () => client.DescribeConfigsAsync(resources, timeout));
        var byTopic = new Dictionary<string, IReadOnlyDictionary<string, string>>(StringComparer.Ordinal);
        foreach (var answer in answers)
        {
            byTopic[answer.ConfigResource.Name] = new SortedDictionary<string, string>(
                answer.Entries.ToDictionary(entry => entry.Key, entry => entry.Value.Value ?? ""), StringComparer.Ordinal);
        }

        return byTopic;
    }

    async Task MakeAsync(List<Topic> topics, int partitions, short replicas)
    {
        if (_options.IsEmbedded)
        {
            throw new ConfigurationException(
                "topics of the embedded broker", $"no {string.Join(", ", topics)}",
                "topics made by the process that owns it, when it starts");
        }

        using var client = Client();
        var specifications = topics.Select(topic => new TopicSpecification
        {
            Name = topic.Name,
            NumPartitions = partitions,
            ReplicationFactor = replicas,
            Configs = new Dictionary<string, string>(SettingsOf(topic)),
        });
        var timeout = new CreateTopicsOptions { RequestTimeout = TimeSpan.FromMilliseconds(_options.RequestTimeoutMs) };
        await Ask("making of topics", async () =>
        {
            await client.CreateTopicsAsync(specifications, timeout);
            return true;
        });
    }

    IAdminClient Client() => ClientSettings.Build(() => new AdminClientBuilder(ClientSettings.Admin(_options, "kstock-admin"))
        .SetLogHandler(static (_, _) => { }).SetErrorHandler(static (_, _) => { }).Build());

    static async Task<TAnswer> Ask<TAnswer>(string what, Func<Task<TAnswer>> ask)
    {
        try
        {
            return await ask();
        }
        catch (CreateTopicsException error)
        {
            var reports = error.Results.Where(result => result.Error.IsError).Select(result => $"{result.Topic}: {result.Error.Reason}");
            throw new StreamException(Verdict.Stop, what, string.Join("; ", reports), "topics that the broker makes", error);
        }
        catch (KafkaException error)
        {
            throw ClientErrors.ToException(what, error.Error, "an answer of the broker", error);
        }
    }
}
