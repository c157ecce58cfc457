using System.Diagnostics.CodeAnalysis;
using Kafka.Stock.Contracts;
using Kafka.Stock.Streaming;

namespace Kafka.Stock.Cli;

/// <summary>The promotions of a log, each with its place among the micro-batches of its series: that order is part of the log.</summary>
sealed class PromotionPlaces
{
    readonly Dictionary<SeriesId, long> _lastBarEndUs = [];
    readonly Dictionary<SeriesId, Queue<(long AfterUs, ModelPromotion Promotion)>> _promotions = [];
    readonly NamePool _names = new();
    MicroBatch? _batch;

    /// <summary>Promotions found.</summary>
    public long Count { get; private set; }

    /// <summary>Reads the topic of micro-batches to its end.</summary>
    public static PromotionPlaces Read(KafkaOptions kafka, CancellationToken cancellation)
    {
        var places = new PromotionPlaces();
        new RecordReader(kafka, StockTopics.MicroBatches.Name, new RecordReaderOptions { Name = "replay" }).Read(places.Take, cancellation);
        return places;
    }

    /// <summary>The next promotion of a series that lay before the micro-batch of a bar.</summary>
    public bool TryTake(in SeriesId series, long barEndUs, [NotNullWhen(true)] out ModelPromotion? promotion)
    {
        promotion = null;
        if (!_promotions.TryGetValue(series, out var waiting) || !waiting.TryPeek(out var first) || first.AfterUs >= barEndUs) return false;
        promotion = waiting.Dequeue().Promotion;
        return true;
    }

    bool Take(in TopicRecord record)
    {
        if (record.SchemaName == MicroBatch.SchemaName)
        {
            AvroBody.Read(record.Body, _names, ref _batch);
            _lastBarEndUs[_batch!.Series] = Math.Max(_batch.BarEndUs, _lastBarEndUs.GetValueOrDefault(_batch.Series, long.MinValue));
        }
        else if (record.SchemaName == ModelPromotion.SchemaName)
        {
            ModelPromotion? promotion = null;
            AvroBody.Read(record.Body, _names, ref promotion);
            if (!_promotions.TryGetValue(promotion!.Series, out var waiting)) _promotions[promotion.Series] = waiting = new();
            waiting.Enqueue((_lastBarEndUs.GetValueOrDefault(promotion.Series, long.MinValue), promotion));
            Count++;
        }

        return true;
    }
}
