using System.Collections.Concurrent;

namespace Kafka.Stock.Lakehouse.Tests;

/// <summary>Waits take no time and are written down.</summary>
sealed class ImpatientClock : TimeProvider
{
    readonly ConcurrentQueue<double> _waits = new();

    public IReadOnlyList<double> WaitsMs => [.. _waits];

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        _waits.Enqueue(dueTime.TotalMilliseconds);
        return base.CreateTimer(callback, state, TimeSpan.Zero, period);
    }
}
