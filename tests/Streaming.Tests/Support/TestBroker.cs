using Kafka.Stock.Contracts;

namespace Kafka.Stock.Streaming.Tests;

/// <summary>A broker for one test, with topics of its own.</summary>
public abstract class TestBroker : IDisposable
{
    public abstract KafkaOptions Options { get; }

    /// <summary>Put before each topic name, so that tests on one broker don't meet.</summary>
    public virtual string Prefix => "";

    public abstract void CreateTopic(string name, int partitions);

    public (string Input, string Output, Topic DeadLetters) EchoTopics(int partitions)
    {
        var dead = new Topic(Prefix + "dead", "as it came", [], TopicCleanup.Days(1), "test");
        CreateTopic(Prefix + "in", partitions);
        CreateTopic(Prefix + "out", partitions);
        CreateTopic(dead.Name, partitions);
        return (Prefix + "in", Prefix + "out", dead);
    }

    public RecordPublisher Publisher(FlowGate? gate = null) => new(Options, new FoldCounters("test"), gate);

    public void PublishTicks(string topic, IEnumerable<Tick> ticks)
    {
        using var publisher = Publisher();
        var target = new Topic(topic, "symbol", ["kafka.stock.Tick"], TopicCleanup.Days(1), "test");
        foreach (var tick in ticks) publisher.Publish(target, tick.Symbol, tick);
        publisher.Flush();
    }

    public List<ReadRecord> ReadAll(string topic)
    {
        var found = new List<ReadRecord>();
        new RecordReader(Options, topic, new RecordReaderOptions { WithHeaders = true }).Read(Take, CancellationToken.None);
        return found;

        bool Take(in TopicRecord record)
        {
            found.Add(new ReadRecord(
                record.Partition, record.Offset, record.SchemaName, record.Key.ToArray(), record.Value.ToArray(), record.Headers));
            return true;
        }
    }

    /// <summary>Ticks of a topic by symbol, each in the order of its partition.</summary>
    public SortedDictionary<string, List<Tick>> ReadTicks(string topic)
    {
        var bySymbol = new SortedDictionary<string, List<Tick>>(StringComparer.Ordinal);
        var names = new NamePool();
        foreach (var record in ReadAll(topic))
        {
            var tick = default(Tick);
            AvroBody.Read(record.Value.AsSpan(5), names, ref tick);
            if (!bySymbol.TryGetValue(tick.Symbol, out var list)) bySymbol[tick.Symbol] = list = [];
            list.Add(tick);
        }

        return bySymbol;
    }

    public virtual void Dispose() => GC.SuppressFinalize(this);
}
