using System.Collections.Concurrent;

namespace Kafka.Stock.Streaming.Tests;

public sealed class EventList
{
    readonly ConcurrentQueue<StreamEvent> _events = [];

    public IReadOnlyList<StreamEvent> All => [.. _events];

    public void Add(StreamEvent what) => _events.Enqueue(what);
}
