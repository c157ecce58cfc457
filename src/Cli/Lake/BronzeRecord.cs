using Kafka.Stock.BatchJob;
using Kafka.Stock.Streaming;

namespace Kafka.Stock.Cli;

/// <summary>A topic's record for bronze.</summary>
static class BronzeRecord
{
    public static LakeRecord Of(string topic, in TopicRecord record) => new()
    {
        Topic = topic,
        Partition = record.Partition,
        Offset = record.Offset,
        SchemaName = record.SchemaName,
        Key = record.Key,
        Body = record.SchemaName is null ? record.Value : record.Body,
    };
}
