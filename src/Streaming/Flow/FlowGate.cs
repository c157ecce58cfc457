using System.Collections.Concurrent;

namespace Kafka.Stock.Streaming;

/// <summary>Keeps the producers of a process from outrunning its own consumers on the embedded broker, which forgets beyond 5 MiB a
/// partition. A producer waits while what it has published and the slowest consumer hasn't read exceeds a bound. On a real broker there
/// is no gate.</summary>
/// <remarks>Safe for concurrent use. A topic without a consumer is open. The way of the data has no circle, so a wait always
/// ends.</remarks>
public sealed class FlowGate
{
    /// <summary>What a record costs on the broker beside its key and value, when it is alone in its batch: bytes.</summary>
    public const int RecordOverheadBytes = 96;

    /// <summary>Default of the bound: a fifth of what a partition keeps, so that even one partition with everything in it is
    /// safe.</summary>
    public const long DefaultBoundBytes = EmbeddedBroker.PartitionBytes / 5;

    readonly ConcurrentDictionary<string, FlowHop> _hops = new(StringComparer.Ordinal);
    readonly long _boundBytes;

    /// <summary>A gate.</summary>
    /// <param name="boundBytes">Published and not yet consumed for each topic, bytes with overhead, at least 1. A single larger record
    /// passes when nothing else is outstanding.</param>
    public FlowGate(long boundBytes = DefaultBoundBytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(boundBytes);
        _boundBytes = boundBytes;
    }

    /// <summary>Registers a consumer of a topic: from now on its producers wait for it. The same name again goes on where it
    /// stopped.</summary>
    public FlowMeter Consume(string topic, string consumer) => HopOf(topic).Register(consumer);

    /// <summary>Bytes of a topic that are published and not consumed by the slowest consumer; 0 without consumers.</summary>
    public long OutstandingBytes(string topic) => HopOf(topic).Outstanding;

    /// <summary>Counts a record that is about to be published, and waits for room before. A stop lets it through.</summary>
    /// <param name="topic">Where it goes.</param>
    /// <param name="sizeBytes">Bytes of key and value.</param>
    /// <param name="stopping">Ends the wait: the record passes, because a stop finishes what it has begun.</param>
    public void Publishing(string topic, int sizeBytes, CancellationToken stopping)
    {
        var hop = HopOf(topic);
        if (!hop.HasRoom(sizeBytes + RecordOverheadBytes)) hop.Wait(sizeBytes + RecordOverheadBytes, stopping);
        hop.AddPublished(sizeBytes + RecordOverheadBytes);
    }

    /// <summary>Waits until a record has room, without counting one.</summary>
    /// <exception cref="OperationCanceledException">The wait was cancelled.</exception>
    public ValueTask WaitAsync(string topic, CancellationToken cancellation)
    {
        var hop = HopOf(topic);
        return hop.HasRoom(RecordOverheadBytes) ? ValueTask.CompletedTask : hop.WaitAsync(RecordOverheadBytes, cancellation);
    }

    /// <summary>Waits until the slowest consumer of a topic has read everything that was published before this call: with a fold as
    /// consumer, until its outputs count as published, too. At once without consumers.</summary>
    /// <exception cref="OperationCanceledException">The wait was cancelled.</exception>
    public ValueTask DrainedAsync(string topic, CancellationToken cancellation) => HopOf(topic).DrainedAsync(cancellation);

    FlowHop HopOf(string topic) =>
        _hops.TryGetValue(topic, out var hop) ? hop : _hops.GetOrAdd(topic, static (_, bound) => new FlowHop(bound), _boundBytes);
}
