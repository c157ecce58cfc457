using Kafka.Stock.Contracts;
using Kafka.Stock.Streaming;

namespace Kafka.Stock.Cli;

/// <summary>Where earlier runs of an Ingestor stopped, as the topic of positions has it.</summary>
static class IngestPositions
{
    /// <summary>The last position of each (source, symbol), in ordinal order; empty on a new broker.</summary>
    /// <exception cref="StreamException">The broker doesn't answer, or has no such topic.</exception>
    public static IReadOnlyCollection<IngestPosition> Read(KafkaOptions kafka, CancellationToken cancellation)
    {
        var positions = new SortedDictionary<(string Source, string Symbol), IngestPosition>();
        var names = new NamePool();
        new RecordReader(kafka, StockTopics.IngestPositions.Name, new RecordReaderOptions { Name = "positions" }).Read(Take, cancellation);
        return positions.Values;

        bool Take(in TopicRecord record)
        {
            if (record.SchemaName != IngestPosition.SchemaName) return true;
            IngestPosition position = default;
            AvroBody.Read(record.Body, names, ref position);
            positions[(position.Source, position.Symbol)] = position;
            return true;
        }
    }
}
