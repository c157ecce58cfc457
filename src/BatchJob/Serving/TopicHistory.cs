using Kafka.Stock.Contracts;
using Kafka.Stock.Streaming;

namespace Kafka.Stock.BatchJob;

/// <summary>Reads what retrains need from the topics of a broker, from their beginning to their end.</summary>
public static class TopicHistory
{
    /// <summary>Reads the topics of micro-batches and scores.</summary>
    /// <param name="kafka">How to reach the broker.</param>
    /// <param name="options">What the history is for.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="StreamException">The broker doesn't answer, or has no such topic.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static TrainingHistory Read(KafkaOptions kafka, RetrainOptions options, CancellationToken cancellation)
    {
        var history = new TrainingHistory(options);
        var names = new NamePool();
        MicroBatch? batch = null;
        Score? score = null;
        foreach (var topic in TrainingHistory.Inputs)
            new RecordReader(kafka, topic.Name, new RecordReaderOptions { Name = "batch" }).Read(Take, cancellation);
        cancellation.ThrowIfCancellationRequested();
        return history;

        bool Take(in TopicRecord record)
        {
            try
            {
                if (record.SchemaName == MicroBatch.SchemaName)
                {
                    AvroBody.Read(record.Body, names, ref batch);
                    history.Add(batch!);
                }
                else if (record.SchemaName == Score.SchemaName)
                {
                    AvroBody.Read(record.Body, names, ref score);
                    history.Add(score!);
                }
            }
            catch (RecordDefectException)
            {
                // The Trainer has put it among the dead letters.
            }

            return true;
        }
    }
}
