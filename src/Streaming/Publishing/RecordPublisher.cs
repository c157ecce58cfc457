using System.Globalization;
using System.Text;
using System.Text.Unicode;
using Confluent.Kafka;
using Kafka.Stock.Contracts;

namespace Kafka.Stock.Streaming;

/// <summary>Publishes records to Kafka: Avro body in a registry frame, key = symbol in UTF-8, partition by murmur2 of the key.</summary>
/// <remarks>Delivery is at least once. A record counts as published when <see cref="Flush"/> has returned; a failed delivery shows in
/// the next call. The queue is bounded: a full one makes <c>Publish</c> wait. No allocation per record. One thread at a time.</remarks>
public sealed class RecordPublisher : IOutput, IDisposable
{
    const int PollEvery = 1024;
    const int FlushSliceMs = 100;
    const int QueueWaitMs = 1;

    /// <summary>Room for headers beside a dead letter's key and value, bytes.</summary>
    const int FrameOverheadBytes = 4096;

    readonly KafkaOptions _options;
    readonly Dictionary<string, int> _partitions = new(StringComparer.Ordinal);
    readonly NativeProducer _producer;
    readonly FoldCounters _counters;
    readonly FlowGate? _gate;
    readonly SchemaIds _ids = SchemaIds.Builtin;
    readonly FrameBuffer _value = new();
    readonly FrameBuffer _key = new();
    readonly int _maxRecordBytes;
    int _untilPoll = PollEvery;
    long _stopSeen;

    /// <summary>A producer of its own, that tells <paramref name="counters"/> what it does and waits at <paramref name="gate"/>.</summary>
    /// <param name="options">How to reach the broker.</param>
    /// <param name="counters">Shared by the threads of a role.</param>
    /// <param name="gate">Keeps producers of this process from outrunning its consumers; null for none.</param>
    /// <exception cref="ConfigurationException">The client refuses the options.</exception>
    public RecordPublisher(KafkaOptions options, FoldCounters counters, FlowGate? gate = null)
    {
        var settings = ClientSettings.Producer(options, $"kstock-{counters.Role}");
        _maxRecordBytes = settings.TryGetValue("message.max.bytes", out var text)
            ? int.Parse(text, CultureInfo.InvariantCulture)
            : DefaultMaxRecordBytes;
        _options = options;
        _counters = counters;
        _gate = gate;
        _producer = new NativeProducer(options, $"kstock-{counters.Role}");
    }

    /// <summary>librdkafka's default of <c>message.max.bytes</c>.</summary>
    public const int DefaultMaxRecordBytes = 1_000_000;

    /// <summary>Ends waiting at the gate: a stop finishes what has begun rather than wait for consumers that stop as well.</summary>
    public CancellationToken Stopping { get; set; }

    /// <summary>How long after <see cref="Stopping"/> a wait for the broker may last, milliseconds.</summary>
    public int StopLimitMs { get; set; } = 10_000;

    /// <summary>Records handed over and neither delivered nor given up.</summary>
    public int InFlight => _producer.InFlight;

    /// <inheritdoc/>
    /// <exception cref="StreamException">An earlier record couldn't be delivered, or this one is larger than the broker takes.</exception>
    public void Publish<TRecord>(Topic topic, string symbol, in TRecord record)
        where TRecord : IAvroRecord<TRecord>
    {
        _value.Clear();
        ConfluentFrame.Write(_ids, record, _value);
        SetKey(symbol);
        Send(topic.Name, NativeMethods.AnyPartition, _key.Written, _value.Written);
    }

    /// <summary>Publishes a record to every partition of a topic, under the same key.</summary>
    /// <remarks>The number of partitions is asked once.</remarks>
    /// <exception cref="StreamException">As of <see cref="Publish"/>; or there is no such topic, or the broker doesn't
    /// answer.</exception>
    public void PublishToAll<TRecord>(Topic topic, string symbol, in TRecord record)
        where TRecord : IAvroRecord<TRecord>
    {
        if (!_partitions.TryGetValue(topic.Name, out var partitions))
        {
            using var admin = new TopicAdmin(_options);
            partitions = _partitions[topic.Name] = admin.PartitionCount(topic.Name);
        }

        _value.Clear();
        ConfluentFrame.Write(_ids, record, _value);
        SetKey(symbol);
        for (var partition = 0; partition < partitions; partition++) Send(topic.Name, partition, _key.Written, _value.Written);
    }

    /// <summary>Publishes key and value as they are, for dead letters. A value that is too large is cut, and a header says so.</summary>
    /// <param name="topic">Where to.</param>
    /// <param name="key">As it came; null stays null.</param>
    /// <param name="value">As it came; null stays null.</param>
    /// <param name="headers">Names and texts, in order.</param>
    /// <exception cref="StreamException">An earlier record couldn't be delivered.</exception>
    public void PublishRaw(Topic topic, byte[]? key, byte[]? value, IReadOnlyList<KeyValuePair<string, string>> headers)
    {
        var room = Math.Max(_maxRecordBytes / 2, _maxRecordBytes - FrameOverheadBytes);
        if (key is not null && key.Length > room / 2)
        {
            headers = [.. headers, new("key.cut", key.Length.ToString(CultureInfo.InvariantCulture))];
            key = key[..(room / 2)];
        }

        room -= key?.Length ?? 0;
        if (value is not null && value.Length > room)
        {
            headers = [.. headers, new("value.cut", value.Length.ToString(CultureInfo.InvariantCulture))];
            value = value[..room];
        }

        var sizeBytes = (key?.Length ?? 0) + (value?.Length ?? 0);
        BeforeSend(topic.Name, sizeBytes);
        while (true)
        {
            var code = _producer.TryProduce(topic.Name, key, value, headers);
            if (code == 0) break;
            AfterRefusal(topic.Name, code, sizeBytes);
        }

        _counters.AddDeadLetter();
    }

    /// <inheritdoc/>
    public void Count(FoldEvent what) => _counters.Count(what);

    /// <summary>Waits, without blocking a thread, until the gate has room for this topic.</summary>
    public ValueTask RoomAsync(Topic topic, CancellationToken cancellation) =>
        _gate is null ? ValueTask.CompletedTask : _gate.WaitAsync(topic.Name, cancellation);

    /// <summary>Sends everything and waits until the broker has it.</summary>
    /// <param name="timeoutMs">At most so long, milliseconds; -1 for as long as the client tries (<c>message.timeout.ms</c>).</param>
    /// <exception cref="StreamException">A record couldn't be delivered, or not in time.</exception>
    public void Flush(int timeoutMs = -1)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (!_producer.TryFlush(FlushSliceMs))
        {
            ThrowIfFailed();
            var isLate = timeoutMs >= 0 && TimeProvider.System.GetElapsedTime(started).TotalMilliseconds >= timeoutMs;
            if (isLate || StopIsOver()) throw NotDelivered();
        }

        ThrowIfFailed();
    }

    /// <summary>Gives up what isn't delivered; call <see cref="Flush"/> before.</summary>
    public void Dispose() => _producer.Dispose();

    /// <summary>Publishes a value that is framed already.</summary>
    internal void Send(string topic, int partition, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        var sizeBytes = key.Length + value.Length;
        BeforeSend(topic, sizeBytes);
        while (true)
        {
            var code = _producer.TryProduce(topic, partition, key, value);
            if (code == 0) break;
            AfterRefusal(topic, code, sizeBytes);
        }

        _counters.AddPublished(sizeBytes);
    }

    void SetKey(string symbol)
    {
        ArgumentException.ThrowIfNullOrEmpty(symbol);
        _key.Clear();
        var destination = _key.GetSpan(Encoding.UTF8.GetMaxByteCount(symbol.Length));
        Utf8.FromUtf16(symbol, destination, out _, out var written);
        _key.Advance(written);
    }

    void BeforeSend(string topic, int sizeBytes)
    {
        if (--_untilPoll <= 0)
        {
            _untilPoll = PollEvery;
            _producer.Poll(0);
        }

        ThrowIfFailed();
        _gate?.Publishing(topic, sizeBytes, Stopping);
    }

    void AfterRefusal(string topic, int code, int sizeBytes)
    {
        if (code == (int)ErrorCode.Local_QueueFull)
        {
            _producer.Poll(QueueWaitMs);
            ThrowIfFailed();
            if (StopIsOver()) throw NotDelivered();
            return;
        }

        if (code != (int)ErrorCode.MsgSizeTooLarge) throw ClientErrors.ToException($"topic {topic}", code, "a record that can be sent");
        throw new StreamException(
            Verdict.Stop, $"topic {topic}", string.Create(CultureInfo.InvariantCulture, $"a record of {sizeBytes} bytes"),
            string.Create(CultureInfo.InvariantCulture, $"at most {_maxRecordBytes} (message.max.bytes, also of the broker)"));
    }

    bool StopIsOver()
    {
        if (!Stopping.IsCancellationRequested) return false;
        if (_stopSeen == 0) _stopSeen = TimeProvider.System.GetTimestamp();
        return TimeProvider.System.GetElapsedTime(_stopSeen).TotalMilliseconds >= StopLimitMs;
    }

    StreamException NotDelivered() => new(
        Verdict.Retry, "producer", string.Create(CultureInfo.InvariantCulture, $"{_producer.InFlight} records not delivered in time"),
        $"a broker that answers; its last complaint: {_producer.LastError ?? "none"}");

    void ThrowIfFailed()
    {
        if (_producer.Failure is not { } failure) return;
        throw new StreamException(failure.Verdict, failure.Where, failure.Found, failure.Expected, failure);
    }
}
