using Kafka.Stock.Contracts;
using Kafka.Stock.Streaming;

namespace Kafka.Stock.Cli;

/// <summary>Reads one topic, and knows how far it is.</summary>
sealed class TopicObserver(KafkaOptions kafka, Topic topic, RecordReaderOptions options, TopicObserver.Receiver receive,
    TopicTap? tap = null)
{
    readonly Lock _lock = new();
    readonly Dictionary<int, long> _next = [];
    TaskCompletionSource _moved = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Takes a record: topic, full name of its schema or nothing, and its body, valid during the call.</summary>
    public delegate void Receiver(string topic, string schemaName, ReadOnlySpan<byte> body);

    public Topic Topic { get; } = topic;

    /// <summary>Reads until cancelled.</summary>
    public Task RunAsync(CancellationToken stopping) =>
        new RecordReader(kafka, Topic.Name, options with { Started = MoveTo }).ReadAsync(Take, stopping);

    /// <summary>Waits until everything before the given offsets has been read.</summary>
    public async Task ReachAsync(IReadOnlyDictionary<int, long> ends, CancellationToken cancellation)
    {
        while (true)
        {
            Task moved;
            lock (_lock)
            {
                if (ends.All(end => end.Value == 0 || _next.GetValueOrDefault(end.Key) >= end.Value)) return;
                if (_moved.Task.IsCompleted) _moved = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                moved = _moved.Task;
            }

            await moved.WaitAsync(cancellation);
        }
    }

    bool Take(in TopicRecord record)
    {
        tap?.Invoke(Topic.Name, record);
        receive(Topic.Name, record.SchemaName ?? "", record.Body);
        MoveTo(record.Partition, record.Offset + 1);
        return true;
    }

    void MoveTo(int partition, long next)
    {
        lock (_lock)
        {
            _next[partition] = next;
            _moved.TrySetResult();
        }
    }
}
