using Kafka.Stock.BatchJob;
using Kafka.Stock.Contracts;
using Kafka.Stock.Lakehouse;
using Kafka.Stock.Streaming;

namespace Kafka.Stock.Cli;

/// <summary>Topics into bronze, each record exactly once: it goes on after the last offset that the tables have, whatever the
/// consumer groups say.</summary>
/// <param name="lake">The lake.</param>
/// <param name="kafka">The broker.</param>
/// <param name="commitRows">Rows of a topic after which it commits.</param>
/// <param name="commitAfter">Time after which it commits what it has.</param>
sealed class TopicSync(Lake lake, KafkaOptions kafka, long commitRows, TimeSpan commitAfter)
{
    /// <summary>Reads all topics to their present ends.</summary>
    /// <returns>Rows that came in, by table.</returns>
    public async Task<IReadOnlyList<(string Path, long Rows)>> RunAsync(CancellationToken cancellation) =>
        await Task.WhenAll(LakeTables.Synced.Select(one => OneAsync(one.Topic, one.Path, cancellation)));

    async Task<(string Path, long Rows)> OneAsync(Topic topic, string path, CancellationToken cancellation)
    {
        using var table = await BronzeTable.OpenAsync(lake, path, cancellation);
        var options = new RecordReaderOptions { Name = "lake", From = partition => table.NextOffset(topic.Name, partition) };
        var started = TimeProvider.System.GetTimestamp();
        await new RecordReader(kafka, topic.Name, options).ReadAsync(Take, cancellation);
        cancellation.ThrowIfCancellationRequested();
        await table.CommitAsync(cancellation);
        return (path, table.CommittedRows);

        bool Take(in TopicRecord record)
        {
            table.Add(BronzeRecord.Of(topic.Name, record));
            if (table.WaitingRows < commitRows && TimeProvider.System.GetElapsedTime(started) < commitAfter) return true;
            table.CommitAsync(cancellation).GetAwaiter().GetResult(); // the reader's thread is its own
            started = TimeProvider.System.GetTimestamp();
            return true;
        }
    }
}
