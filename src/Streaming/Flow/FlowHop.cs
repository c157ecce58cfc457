namespace Kafka.Stock.Streaming;

/// <summary>One topic of a <see cref="FlowGate"/>: what was published, what each consumer has read, and who waits.</summary>
sealed class FlowHop(long boundBytes)
{
    readonly Lock _lock = new();
    FlowMeter[] _meters = [];
    long _published;
    TaskCompletionSource? _room;
    TaskCompletionSource? _drained;

    /// <summary>Published and not read by the slowest active consumer, bytes; 0 when there is none.</summary>
    public long Outstanding
    {
        get
        {
            var meters = Volatile.Read(ref _meters);
            var slowest = long.MaxValue;
            foreach (var meter in meters)
            {
                if (meter.IsActive) slowest = Math.Min(slowest, meter.Consumed);
            }

            return slowest == long.MaxValue ? 0 : Interlocked.Read(ref _published) - slowest;
        }
    }

    public bool HasRoom(long bytes)
    {
        var outstanding = Outstanding;
        return outstanding <= 0 || outstanding + bytes <= boundBytes;
    }

    public void AddPublished(long bytes) => Interlocked.Add(ref _published, bytes);

    public FlowMeter Register(string name)
    {
        lock (_lock)
        {
            var meter = Array.Find(_meters, meter => meter.Name == name);
            if (meter is null)
            {
                meter = new FlowMeter(this, name);
                Volatile.Write(ref _meters, [.. _meters, meter]);
            }

            meter.Activate();
            return meter;
        }
    }

    /// <summary>Wakes who waits, when there is somebody: called for each record that is consumed.</summary>
    public void Progressed()
    {
        if (Volatile.Read(ref _room) is not null && HasRoom(boundBytes / 2)) Wake();
        if (Volatile.Read(ref _drained) is not null && Outstanding <= 0) WakeDrained();
    }

    /// <summary>Wakes who waits, to look again.</summary>
    public void Wake()
    {
        TaskCompletionSource? room;
        lock (_lock)
        {
            room = _room;
            _room = null;
        }

        room?.SetResult();
        WakeDrained();
    }

    /// <summary>Completes when the slowest consumer has read everything that was published before.</summary>
    public async ValueTask DrainedAsync(CancellationToken cancellation)
    {
        while (true)
        {
            Task drained;
            lock (_lock)
            {
                _drained ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                drained = _drained.Task;
            }

            Interlocked.MemoryBarrier();
            if (Outstanding <= 0) return;
            await drained.WaitAsync(cancellation);
        }
    }

    public void Wait(long bytes, CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested && !TakesNow(bytes, out var room))
        {
            try
            {
                room.Wait(stopping);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    public async ValueTask WaitAsync(long bytes, CancellationToken cancellation)
    {
        while (!TakesNow(bytes, out var room)) await room.WaitAsync(cancellation);
    }

    void WakeDrained()
    {
        TaskCompletionSource? drained;
        lock (_lock)
        {
            drained = _drained;
            _drained = null;
        }

        drained?.SetResult();
    }

    /// <summary>True when there is room; else <paramref name="room"/> completes when there may be some. It is set before the question is
    /// asked again, so no wake-up is missed.</summary>
    bool TakesNow(long bytes, out Task room)
    {
        lock (_lock)
        {
            _room ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            room = _room.Task;
        }

        Interlocked.MemoryBarrier();
        return HasRoom(bytes);
    }
}
