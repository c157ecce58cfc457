namespace Kafka.Stock.TestKit;

/// <summary>A clock that jumps to the end of whatever is waited for.</summary>
/// <param name="start">Time at which it begins; an hour after 1970 where none matters.</param>
public sealed class FakeClock(DateTimeOffset? start = null) : TimeProvider
{
    /// <summary>Its timestamps don't begin with zero, which may stand for "not yet".</summary>
    static readonly TimeSpan s_first = TimeSpan.FromHours(1);

    readonly DateTimeOffset _start = start ?? DateTimeOffset.UnixEpoch + s_first;

    /// <summary>What was waited for, in order.</summary>
    public List<TimeSpan> Waits { get; } = [];

    /// <summary>Time since it began.</summary>
    public TimeSpan Elapsed { get; private set; }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => (s_first + Elapsed).Ticks;

    public override DateTimeOffset GetUtcNow() => _start + Elapsed;

    /// <summary>Lets time pass.</summary>
    public void Advance(TimeSpan time) => Elapsed += time;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        Waits.Add(dueTime);
        Elapsed += dueTime;
        ThreadPool.UnsafeQueueUserWorkItem(_ => callback(state), null);
        return new Timer();
    }

    sealed class Timer : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
