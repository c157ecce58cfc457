using Kafka.Stock.Contracts;
using Kafka.Stock.Streaming;

namespace Kafka.Stock.BatchJob;

/// <summary>Reads the few records of one kind that a topic holds, from its beginning to its end.</summary>
public static class TopicRecords
{
    /// <summary>All of them, in the order of each partition; what can't be read is passed over.</summary>
    /// <exception cref="StreamException">The broker doesn't answer, or has no such topic.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static List<TRecord> Read<TRecord>(KafkaOptions kafka, Topic topic, CancellationToken cancellation)
        where TRecord : IAvroRecord<TRecord>
    {
        var records = new List<TRecord>();
        var names = new NamePool();
        new RecordReader(kafka, topic.Name, new RecordReaderOptions { Name = "batch" }).Read(Take, cancellation);
        cancellation.ThrowIfCancellationRequested();
        return records;

        bool Take(in TopicRecord record)
        {
            if (record.SchemaName != TRecord.SchemaName) return true;
            try
            {
                TRecord? value = default;
                AvroBody.Read(record.Body, names, ref value);
                records.Add(value!);
            }
            catch (RecordDefectException)
            {
                // The fold that it was for has put it among the dead letters.
            }

            return true;
        }
    }
}
