using Confluent.Kafka;
using Kafka.Stock.Contracts;

namespace Kafka.Stock.Streaming;

/// <summary>Reads assigned partitions record by record into two buffers that are used again: no array per record.</summary>
sealed class InputConsumer : IDisposable
{
    readonly IConsumer<SpanCopy.Done, SpanCopy.Done> _consumer;
    readonly KafkaOptions _options;
    readonly string _topic;
    readonly Action<string> _complain;
    readonly SpanCopy _key = new();
    readonly SpanCopy _value = new();
    readonly Reachability _reach;

    public InputConsumer(KafkaOptions options, string group, string topic, TimeProvider time, Action<string> complain)
    {
        _options = options;
        _topic = topic;
        _reach = new Reachability(options, time);
        _complain = complain;
        var settings = ClientSettings.Consumer(options, $"kstock-{group}", group);
        settings["dotnet.consumer.consume.result.fields"] = "none";
        _consumer = ClientSettings.Build(() => new ConsumerBuilder<SpanCopy.Done, SpanCopy.Done>(settings)
            .SetKeyDeserializer(_key).SetValueDeserializer(_value)
            .SetErrorHandler((_, error) => OnError(error)).SetLogHandler(static (_, _) => { })
            .Build());
    }

    /// <summary>Partition of the record read last.</summary>
    public int Partition { get; private set; }

    /// <summary>Its offset.</summary>
    public long Offset { get; private set; }

    /// <summary>Its key; null as empty.</summary>
    public ReadOnlySpan<byte> Key => _key.Buffer.Written;

    /// <summary>Its value; null as empty.</summary>
    public ReadOnlySpan<byte> Value => _value.Buffer.Written;

    /// <summary>True when it has no value.</summary>
    public bool IsValueNull => _value.IsNull;

    /// <summary>The key as its own array, for a dead letter.</summary>
    public byte[]? CopyKey() => _key.IsNull ? null : Key.ToArray();

    /// <summary>The value as its own array, for a dead letter.</summary>
    public byte[]? CopyValue() => _value.IsNull ? null : Value.ToArray();

    /// <summary>Next offsets of the group; -1 where it has none.</summary>
    /// <exception cref="StreamException">The broker doesn't answer, or refuses.</exception>
    public long[] CommittedOffsets(IReadOnlyList<int> partitions) => Ask("committed offsets", () =>
    {
        var found = _consumer.Committed(partitions.Select(TopicPartitionOf), TimeSpan.FromMilliseconds(_options.RequestTimeoutMs));
        var offsets = new Dictionary<int, long>();
        foreach (var offset in found) offsets[offset.Partition.Value] = Math.Max(-1, offset.Offset.Value);
        return partitions.Select(partition => offsets.GetValueOrDefault(partition, -1)).ToArray();
    });

    /// <summary>Start and end of a partition's log, asked from the broker.</summary>
    /// <exception cref="StreamException">The broker doesn't answer, or refuses.</exception>
    public WatermarkOffsets QueryWatermarks(int partition) => Ask(
        $"watermarks of {_topic}[{partition}]",
        () => _consumer.QueryWatermarkOffsets(TopicPartitionOf(partition), TimeSpan.FromMilliseconds(_options.RequestTimeoutMs)));

    /// <summary>End of a partition as the last fetch told; -1 when there was none.</summary>
    public long LastHighWatermark(int partition)
    {
        var high = _consumer.GetWatermarkOffsets(TopicPartitionOf(partition)).High;
        return high == Confluent.Kafka.Offset.Unset ? -1 : high.Value;
    }

    /// <summary>Starts reading at these offsets.</summary>
    public void Assign(IEnumerable<PartitionProgress> partitions) =>
        _consumer.Assign(partitions.Select(partition => new TopicPartitionOffset(TopicPartitionOf(partition.Partition), partition.Next)));

    /// <summary>Reads the next record.</summary>
    /// <returns>False when none came in time.</returns>
    /// <exception cref="StreamException">The log no longer has the offset, the broker refuses, or it has been out of reach too
    /// long.</exception>
    public bool TryRead(int timeoutMs)
    {
        ConsumeResult<SpanCopy.Done, SpanCopy.Done>? result;
        try
        {
            result = _consumer.Consume(timeoutMs);
        }
        catch (ConsumeException error)
        {
            var partition = error.ConsumerRecord is { } record ? $"{_topic}[{record.Partition.Value}]@{record.Offset.Value}" : _topic;
            var failure = ClientErrors.ToException(partition, error.Error, "a record", error);
            if (failure.Verdict != Verdict.Retry) throw failure;
            _complain(failure.Message);
            return false;
        }

        if (result is null)
        {
            _reach.EndWhenLost(AskAnything);
            return false;
        }

        _reach.Seen();
        Partition = result.Partition.Value;
        Offset = result.Offset.Value;
        return true;
    }

    /// <summary>Commits the next offsets to read, and waits for the broker's word.</summary>
    /// <exception cref="KafkaException">It didn't work.</exception>
    public void Commit(IEnumerable<PartitionProgress> partitions) =>
        _consumer.Commit(partitions.Select(partition => new TopicPartitionOffset(TopicPartitionOf(partition.Partition), partition.Next)));

    /// <summary>Leaves the broker. Commits nothing.</summary>
    public void Dispose()
    {
        _consumer.Close();
        _consumer.Dispose();
    }

    TopicPartition TopicPartitionOf(int partition) => new(_topic, new Partition(partition));

    void OnError(Error error)
    {
        _reach.Heard(error);
        _complain($"{error.Code} ({error.Reason})");
    }

    void AskAnything()
    {
        if (_consumer.Assignment is [var first, ..]) _consumer.QueryWatermarkOffsets(first, _reach.RequestTimeout);
    }

    static TAnswer Ask<TAnswer>(string what, Func<TAnswer> ask)
    {
        try
        {
            return ask();
        }
        catch (KafkaException error)
        {
            throw ClientErrors.ToException(what, error.Error, "an answer of the broker", error);
        }
    }
}
