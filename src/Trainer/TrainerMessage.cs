using Kafka.Stock.Contracts;

namespace Kafka.Stock.Trainer;

/// <summary>A record of the micro-batch topic, reused from one record to the next.</summary>
public struct TrainerMessage
{
    /// <summary>Rows to learn from and the row to forecast from.</summary>
    public MicroBatch? Batch { get; set; }

    /// <summary>A model that takes over; null when the record is a micro-batch.</summary>
    public PromotedModel? Promotion { get; set; }
}
