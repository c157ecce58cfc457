using Confluent.Kafka;
using Kafka.Stock.Contracts;

namespace Kafka.Stock.Streaming;

/// <summary>Questions about topics, and making those of the table on a real broker.</summary>
public sealed class TopicAdmin : IDisposable
{
    readonly KafkaOptions _options;
    readonly IAdminClient _client;

    /// <summary>A client for questions.</summary>
    public TopicAdmin(KafkaOptions options)
    {
        _options = options;
        var settings = ClientSettings.Admin(options, "kstock-admin");
        _client = ClientSettings.Build(() => new AdminClientBuilder(settings).SetLogHandler(static (_, _) => { }).SetErrorHandler(static (_, _) => { }).Build());
    }

    /// <summary>Partitions of a topic.</summary>
    /// <exception cref="StreamException">There is no such topic, or the broker doesn't answer.</exception>
    public int PartitionCount(string topic)
    {
        var found = Metadata(topic).Topics.Find(candidate => candidate.Topic == topic);
        if (found is { Error.IsError: false, Partitions.Count: > 0 }) return found.Partitions.Count;
        throw ClientErrors.ToException($"topic {topic}", found is { Error.IsError: true } ? found.Error : new Error(ErrorCode.UnknownTopicOrPart), "a topic");
    }

    /// <summary>End of each partition: the offset that the next record gets.</summary>
    /// <exception cref="StreamException">There is no such topic, or the broker doesn't answer.</exception>
    public IReadOnlyDictionary<int, long> EndOffsets(string topic)
    {
        var count = PartitionCount(topic);
        var ends = new Dictionary<int, long>();
        using var consumer = new InputConsumer(_options, "kstock-admin", topic, TimeProvider.System, static _ => { });
        for (var partition = 0; partition < count; partition++) ends[partition] = consumer.QueryWatermarks(partition).High.Value;
        return ends;
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    Metadata Metadata(string? topic)
    {
        var timeout = TimeSpan.FromMilliseconds(_options.RequestTimeoutMs);
        try
        {
            return topic is null ? _client.GetMetadata(timeout) : _client.GetMetadata(topic, timeout);
        }
        catch (KafkaException error)
        {
            throw ClientErrors.ToException($"broker {_options.BootstrapServers}", error.Error, "an answer about its topics", error);
        }
    }
}
