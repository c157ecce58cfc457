using Confluent.Kafka;
using Kafka.Stock.Contracts;

namespace Kafka.Stock.Streaming;

/// <summary>At least once: outputs reach the broker first, then the offsets say so. A crash between the two repeats outputs and loses
/// none.</summary>
/// <remarks>The transactional way (outputs, progress and offsets in one) takes its place without a change to who calls it.</remarks>
sealed class FlushThenCommit(InputConsumer input, RecordPublisher output, KafkaOptions options, TimeProvider time, Action<string> complain)
{
    const int RetryWaitMs = 100;

    readonly List<PartitionProgress> _dirty = [];

    /// <summary>Makes everything that has been folded safe.</summary>
    /// <param name="partitions">All partitions of the thread.</param>
    /// <param name="stopping">Ends waiting for the broker: after it, a try or two and no more.</param>
    /// <param name="flushLimitMs">How long outputs may take, milliseconds; -1 for as long as the client tries.</param>
    /// <returns>True when offsets were committed.</returns>
    /// <exception cref="StreamException">A record couldn't be delivered, or the offsets couldn't be committed; then nothing counts as
    /// done.</exception>
    public bool Commit(IReadOnlyList<PartitionProgress> partitions, int flushLimitMs, CancellationToken stopping)
    {
        _dirty.Clear();
        for (var i = 0; i < partitions.Count; i++)
        {
            if (partitions[i].IsDirty) _dirty.Add(partitions[i]);
        }

        if (_dirty.Count == 0) return false;
        output.Flush(flushLimitMs);
        var started = time.GetTimestamp();
        while (!TryCommit(started, stopping))
        {
            stopping.WaitHandle.WaitOne(RetryWaitMs);
        }

        foreach (var partition in _dirty) partition.CommittedTo(partition.Next);
        return true;
    }

    bool TryCommit(long started, CancellationToken stopping)
    {
        try
        {
            input.Commit(_dirty);
            return true;
        }
        catch (KafkaException error)
        {
            var failure = ClientErrors.ToException("commit of offsets", error.Error, "offsets that the group keeps", error);
            var isOver = stopping.IsCancellationRequested || time.GetElapsedTime(started).TotalMilliseconds > options.UnreachableLimitMs;
            if (failure.Verdict != Verdict.Retry || isOver) throw failure;
            complain(failure.Message);
            return false;
        }
    }
}
