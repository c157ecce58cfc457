using Confluent.Kafka;
using Kafka.Stock.Contracts;

namespace Kafka.Stock.Streaming;

/// <summary>The loop that a careful user of Confluent.Kafka would write: <see cref="StreamBench.BaselineSettings"/>.</summary>
static class BareLoop
{
    const int CommitIntervalMs = 100;
    const int LookAtClockEvery = 64;
    const int WaitMs = 100;

    public static readonly Topic Out = new("bench.bare", "symbol", [], TopicCleanup.Days(1), "bench");

    /// <summary>Consumes so many records and produces them again.</summary>
    /// <returns>Records a second, and managed bytes a record.</returns>
    public static (double Rate, double Bytes) Run(KafkaOptions options, int partitions, int records)
    {
        var key = new SpanCopy();
        var value = new SpanCopy();
        var consumerSettings = ClientSettings.Consumer(options, "bench-bare", "bench-bare");
        consumerSettings["dotnet.consumer.consume.result.fields"] = "none";
        var producerSettings = ClientSettings.Producer(options, "bench-bare");
        producerSettings["dotnet.producer.enable.delivery.reports"] = "false";
        using var consumer = new ConsumerBuilder<SpanCopy.Done, SpanCopy.Done>(consumerSettings)
            .SetKeyDeserializer(key).SetValueDeserializer(value).SetLogHandler(static (_, _) => { }).Build();
        using var producer = new ProducerBuilder<byte[], byte[]>(producerSettings).SetLogHandler(static (_, _) => { }).Build();
        var clock = new BenchClock(records);
        var next = new long[partitions];
        consumer.Assign(Enumerable.Range(0, partitions).Select(partition => new TopicPartitionOffset(BenchFold.In.Name, partition, 0)));
        Loop(consumer, producer, key, value, clock, next);
        Commit(consumer, producer, next);
        var measured = clock.Stop();
        consumer.Close();
        return measured;
    }

    static void Loop(
        IConsumer<SpanCopy.Done, SpanCopy.Done> consumer, IProducer<byte[], byte[]> producer,
        SpanCopy key, SpanCopy value, BenchClock clock, long[] next)
    {
        var lastCommit = TimeProvider.System.GetTimestamp();
        var untilClock = LookAtClockEvery;
        var keys = new ExactBuffers();
        var values = new ExactBuffers();
        var message = new Message<byte[], byte[]>();
        var isLast = false;
        while (!isLast)
        {
            var result = consumer.Consume(WaitMs);
            if (result is null) continue;
            isLast = clock.See();
            message.Key = keys.Fill(key.Buffer.Written);
            message.Value = values.Fill(value.Buffer.Written);
            Produce(producer, message);
            next[result.Partition.Value] = result.Offset.Value + 1;
            if (--untilClock > 0) continue;
            untilClock = LookAtClockEvery;
            if (TimeProvider.System.GetElapsedTime(lastCommit).TotalMilliseconds < CommitIntervalMs) continue;
            Commit(consumer, producer, next);
            lastCommit = TimeProvider.System.GetTimestamp();
        }
    }

    static void Produce(IProducer<byte[], byte[]> producer, Message<byte[], byte[]> message)
    {
        while (true)
        {
            try
            {
                producer.Produce(Out.Name, message);
                return;
            }
            catch (ProduceException<byte[], byte[]> error) when (error.Error.Code == ErrorCode.Local_QueueFull)
            {
                producer.Poll(TimeSpan.FromMilliseconds(1));
            }
        }
    }

    static void Commit(IConsumer<SpanCopy.Done, SpanCopy.Done> consumer, IProducer<byte[], byte[]> producer, long[] next)
    {
        producer.Flush(CancellationToken.None);
        consumer.Commit(next.Select((offset, partition) => new TopicPartitionOffset(BenchFold.In.Name, partition, offset)));
    }

    /// <summary>An array of each length that occurs, used again: the managed producer takes whole arrays and copies them at once.</summary>
    sealed class ExactBuffers
    {
        const int MaxBytes = 4096;

        readonly byte[]?[] _byLength = new byte[MaxBytes][];

        public byte[] Fill(ReadOnlySpan<byte> bytes)
        {
            var buffer = _byLength[bytes.Length] ??= new byte[bytes.Length];
            bytes.CopyTo(buffer);
            return buffer;
        }
    }
}
