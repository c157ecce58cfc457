using System.Buffers;
using System.Text;
using Confluent.Kafka;
using Kafka.Stock.Contracts;

namespace Kafka.Stock.Streaming;

/// <summary>Reads a topic for a person or a tool: all partitions, from the beginning or the end, to the end or for ever. Commits
/// nothing.</summary>
public sealed class RecordReader
{
    const int WaitMs = 50;
    const string FetchWaitMs = "50";

    readonly KafkaOptions _kafka;
    readonly string _topic;
    readonly RecordReaderOptions _options;
    readonly ArrayBufferWriter<byte> _upgraded = new();

    /// <summary>A reader that isn't connected yet.</summary>
    /// <exception cref="ConfigurationException">The options have faults.</exception>
    public RecordReader(KafkaOptions kafka, string topic, RecordReaderOptions? options = null)
    {
        _kafka = kafka.Validated();
        _topic = topic;
        _options = options ?? new RecordReaderOptions();
        if (_options is not { FromEnd: true, Gate: not null }) return;
        throw new ArgumentException("a reader from the end has no gate", nameof(options));
    }

    /// <summary>Gets a record.</summary>
    /// <returns>False to end the reading.</returns>
    public delegate bool Handler(in TopicRecord record);

    /// <summary>Reads on a thread of its own.</summary>
    /// <exception cref="StreamException">There is no such topic, or the broker is out of reach for too long.</exception>
    public Task ReadAsync(Handler handler, CancellationToken cancellation) => Task.Factory.StartNew(
        () => Read(handler, cancellation), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    /// <summary>Reads on this thread until the end, a handler's word, or the cancellation, which is no error.</summary>
    /// <exception cref="StreamException">There is no such topic, or the broker is out of reach for too long.</exception>
    /// <exception cref="RefusedException">The topic ends before the offset that the reading is to begin at.</exception>
    public void Read(Handler handler, CancellationToken cancellation)
    {
        using var meter = _options.Gate?.Consume(_topic, _options.Name);
        var start = FindStart();
        var key = new SpanCopy();
        var value = new SpanCopy();
        var reach = new Reachability(_kafka, TimeProvider.System);
        using var consumer = Build(key, value, reach);
        consumer.Assign(start);
        foreach (var partition in start) _options.Started?.Invoke(partition.Partition.Value, partition.Offset.Value);
        var open = start.Select(partition => partition.Partition.Value).ToHashSet();
        while (!cancellation.IsCancellationRequested && (_options.Follow || open.Count > 0))
        {
            var result = Next(consumer);
            if (result is null)
            {
                reach.EndWhenLost(() => consumer.QueryWatermarkOffsets(new TopicPartition(_topic, 0), reach.RequestTimeout));
                continue;
            }

            reach.Seen();
            if (result.IsPartitionEOF)
            {
                open.Remove(result.Partition.Value);
                continue;
            }

            // Read is what has been handled: who waits at the gate for a drained topic goes by it.
            var sizeBytes = key.Buffer.Length + value.Buffer.Length;
            if (!handler(Describe(result, key, value))) return;
            meter?.Add(sizeBytes);
        }
    }

    /// <summary>Numbers in place of "beginning" and "end": the client takes half a second to find those by itself.</summary>
    List<TopicPartitionOffset> FindStart()
    {
        using var questions = new NativeQuestions(_kafka);
        var start = new List<TopicPartitionOffset>();
        var count = questions.PartitionCount(_topic);
        for (var partition = 0; partition < count; partition++)
        {
            var (low, high) = questions.Watermarks(_topic, partition);
            start.Add(new TopicPartitionOffset(_topic, partition, _options.FromEnd ? high : Begin(partition, low, high)));
        }

        return start;
    }

    long Begin(int partition, long low, long high)
    {
        var from = _options.From?.Invoke(partition) ?? low;
        if (from <= high) return Math.Max(from, low);
        throw new RefusedException(
            $"{_topic}[{partition}]",
            $"an end at offset {high}",
            $"offset {from} at least: it was read up to there, and the topic is another one now");
    }

    IConsumer<SpanCopy.Done, SpanCopy.Done> Build(SpanCopy key, SpanCopy value, Reachability reach)
    {
        var settings = ClientSettings.Consumer(_kafka, $"kstock-{_options.Name}", "kstock-reader");
        settings.TryAdd("fetch.wait.max.ms", FetchWaitMs); // An embedded broker answers a waiting fetch late, also one of another process.
        settings["enable.partition.eof"] = "true";
        settings["auto.offset.reset"] = "earliest";
        settings["dotnet.consumer.consume.result.fields"] = _options.WithHeaders ? "headers" : "none";
        return ClientSettings.Build(() => new ConsumerBuilder<SpanCopy.Done, SpanCopy.Done>(settings)
            .SetKeyDeserializer(key).SetValueDeserializer(value)
            .SetErrorHandler((_, error) => reach.Heard(error)).SetLogHandler(static (_, _) => { })
            .Build());
    }

    ConsumeResult<SpanCopy.Done, SpanCopy.Done>? Next(IConsumer<SpanCopy.Done, SpanCopy.Done> consumer)
    {
        try
        {
            return consumer.Consume(WaitMs);
        }
        catch (ConsumeException error)
        {
            var failure = ClientErrors.ToException(_topic, error.Error, "a record", error);
            return failure.Verdict == Verdict.Retry ? null : throw failure;
        }
    }

    TopicRecord Describe(ConsumeResult<SpanCopy.Done, SpanCopy.Done> result, SpanCopy key, SpanCopy value)
    {
        var bytes = value.Buffer.Written;
        var isFrame = ConfluentFrame.TryRead(bytes, out var id, out var body);
        if (isFrame && _options.ToNewest(id) is { } resolution)
        {
            _upgraded.ResetWrittenCount();
            resolution.Transcode(body, _upgraded);
            body = _upgraded.WrittenSpan;
        }

        return new TopicRecord
        {
            Partition = result.Partition.Value,
            Offset = result.Offset.Value,
            SchemaName = isFrame ? _options.SchemaName(id) : null,
            Key = key.Buffer.Written,
            Value = bytes,
            Body = body,
            Headers = _options.WithHeaders ? TextOf(result.Message.Headers) : [],
        };
    }

    static List<KeyValuePair<string, string>> TextOf(Headers headers) =>
        [.. headers.Select(header => new KeyValuePair<string, string>(header.Key, Encoding.UTF8.GetString(header.GetValueBytes() ?? [])))];
}
