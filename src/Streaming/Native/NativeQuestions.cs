using System.Runtime.InteropServices;
using Confluent.Kafka;
using Kafka.Stock.Contracts;

namespace Kafka.Stock.Streaming;

/// <summary>Questions about topics, through a native client: the managed one takes a third of a second to come and go.</summary>
sealed unsafe class NativeQuestions : IDisposable
{
    readonly KafkaOptions _options;
    nint _client;

    public NativeQuestions(KafkaOptions options)
    {
        _options = options;
        using var conf = new NativeConf();
        foreach (var (name, value) in ClientSettings.Admin(options, "kstock-admin")) conf.Set(name, value);
        _client = conf.NewProducer();
    }

    /// <summary>Partition counts of all topics, by name.</summary>
    /// <exception cref="StreamException">The broker doesn't answer.</exception>
    public SortedDictionary<string, int> Topics() => Ask(0);

    /// <summary>Partitions of a topic.</summary>
    /// <exception cref="StreamException">There is no such topic, or the broker doesn't answer.</exception>
    public int PartitionCount(string topic)
    {
        var handle = NativeMethods.TopicNew(_client, topic, 0);
        try
        {
            if (Ask(handle).TryGetValue(topic, out var count)) return count;
            throw ClientErrors.ToException($"topic {topic}", (int)ErrorCode.UnknownTopicOrPart, "a topic");
        }
        finally
        {
            NativeMethods.TopicDestroy(handle);
        }
    }

    /// <summary>Start and end of a partition's log.</summary>
    /// <exception cref="StreamException">The broker doesn't answer, or refuses.</exception>
    public (long Low, long High) Watermarks(string topic, int partition)
    {
        long low = 0;
        long high = 0;
        var error = NativeMethods.QueryWatermarks(_client, topic, partition, &low, &high, _options.RequestTimeoutMs);
        if (error == 0) return (low, high);
        throw ClientErrors.ToException(string.Create(null, $"watermarks of {topic}[{partition}]"), error, "an answer of the broker");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_client != 0) NativeMethods.Destroy(_client);
        _client = 0;
    }

    SortedDictionary<string, int> Ask(nint topic)
    {
        NativeMetadata* metadata = null;
        var error = NativeMethods.Metadata(_client, topic == 0 ? 1 : 0, topic, &metadata, _options.RequestTimeoutMs);
        if (error != 0) throw ClientErrors.ToException($"broker {_options.BootstrapServers}", error, "an answer about its topics");
        var counts = new SortedDictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < metadata->TopicCount; i++)
        {
            var found = metadata->Topics[i];
            if (found.Error == 0 && found.PartitionCount > 0) counts[NativeMethods.Text(found.Name)] = found.PartitionCount;
        }

        NativeMethods.MetadataDestroy(metadata);
        return counts;
    }

    /// <summary>rd_kafka_metadata.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct NativeMetadata
    {
        public int BrokerCount;
        public nint Brokers;
        public int TopicCount;
        public NativeTopic* Topics;
        public int AnsweredBy;
        public nint AnsweredByName;
    }

    /// <summary>rd_kafka_metadata_topic.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct NativeTopic
    {
        public nint Name;
        public int PartitionCount;
        public nint Partitions;
        public int Error;
    }
}
