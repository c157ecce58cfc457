using System.Security.Cryptography;
using Kafka.Stock.Contracts;
using Kafka.Stock.Streaming;
using Kafka.Stock.Topology;
using Kafka.Stock.Trainer;

namespace Kafka.Stock.Cli;

/// <summary>Folds market records and promotions of topics again and holds the forecasts against the live ones, byte for byte.</summary>
/// <remarks>A partition by itself, as the live folds; what a fold refuses was a dead letter then, too.</remarks>
sealed class TopicReplay
{
    readonly Dictionary<(SeriesId Series, long MadeAtUs, bool IsProvisional), byte[]> _replayed = [];
    readonly SortedDictionary<int, PartitionReplay> _partitions = [];

    /// <summary>Forecasts of both that are equal.</summary>
    public long Equal { get; private set; }

    /// <summary>Forecasts of both that differ.</summary>
    public long Different { get; private set; }

    /// <summary>Live forecasts that the replay doesn't have.</summary>
    public long OnlyLive { get; private set; }

    /// <summary>Forecasts of the replay that aren't in the topic, or aren't yet.</summary>
    public long OnlyReplayed => _replayed.Count - Equal - Different;

    /// <summary>The first live forecast that differs or that the replay doesn't have; empty without one.</summary>
    public string FirstDifference { get; private set; } = "";

    /// <summary>Promotions folded.</summary>
    public long Promotions => _partitions.Values.Sum(partition => partition.Promotions);

    /// <summary>Folds the topics again.</summary>
    /// <param name="kafka">How to reach them.</param>
    /// <param name="topology">Options that the live Topology ran with.</param>
    /// <param name="trainer">Options that the live Trainer ran with.</param>
    /// <param name="watcher">Given every output.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="RefusedException">The topic has forgotten its beginning, or live forecasts were made with other
    /// options.</exception>
    public static TopicReplay Run(
        KafkaOptions kafka, TopologyOptions topology, TrainerOptions trainer, IOutput watcher, CancellationToken cancellation)
    {
        var replay = new TopicReplay();
        var promotions = PromotionPlaces.Read(kafka, cancellation);
        Reader(kafka, StockTopics.Market).Read(Take, cancellation);
        cancellation.ThrowIfCancellationRequested();
        replay.Compare(kafka, new TrainerFold(trainer).Epoch, cancellation);
        return replay;

        bool Take(in TopicRecord record)
        {
            if (record.SchemaName is null) return true;
            if (!replay._partitions.TryGetValue(record.Partition, out var partition))
            {
                RequireBeginning(record);
                partition = new PartitionReplay(topology, trainer, promotions, watcher, replay._replayed);
                replay._partitions[record.Partition] = partition;
            }

            partition.Take(new LogRecord(record.SchemaName, record.Key, record.Body, record.Offset));
            return true;
        }
    }

    void Compare(KafkaOptions kafka, long epoch, CancellationToken cancellation)
    {
        var names = new NamePool();
        var seen = new HashSet<(SeriesId, long, bool)>();
        Forecast? forecast = null;
        Reader(kafka, StockTopics.Forecasts).Read(Take, cancellation);
        cancellation.ThrowIfCancellationRequested();

        bool Take(in TopicRecord record)
        {
            AvroBody.Read(record.Body, names, ref forecast);
            var key = (forecast!.Series, forecast.MadeAtUs, forecast.Provisional);
            if (!seen.Add(key)) return true; // after a crash a forecast may stand there twice
            if (forecast.Epoch != epoch) throw OtherEpoch(record, forecast.Epoch, epoch);
            if (!_replayed.TryGetValue(key, out var digest)) OnlyLive++;
            else if (digest.AsSpan().SequenceEqual(SHA256.HashData(record.Body))) Equal++;
            else Different++;
            if (FirstDifference.Length == 0 && Different + OnlyLive > 0)
                FirstDifference = $"{forecast.Series} made at {forecast.MadeAtUs} us, {Place(record)}";
            return true;
        }
    }

    static RecordReader Reader(KafkaOptions kafka, Topic topic) => new(kafka, topic.Name, new RecordReaderOptions { Name = "replay" });

    /// <summary>Refuses the first record of a partition that isn't the first of its log.</summary>
    /// <exception cref="RefusedException">The topic has forgotten its beginning.</exception>
    public static void RequireBeginning(in TopicRecord record)
    {
        if (record.Offset == 0) return;
        throw new RefusedException(
            $"{StockTopics.Market.Name}[{record.Partition}]", $"a log that begins at offset {record.Offset}",
            "its first record: what a topic forgets only the lake keeps");
    }

    static RefusedException OtherEpoch(in TopicRecord record, long found, long expected) => new(
        $"{StockTopics.Forecasts.Name}{Place(record)}", $"a forecast of epoch {found}",
        $"{expected}, the epoch of the settings given: replay with the settings of the live run");

    static string Place(in TopicRecord record) => $"[{record.Partition}]@{record.Offset}";
}
