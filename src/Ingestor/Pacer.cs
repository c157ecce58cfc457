namespace Kafka.Stock.Ingestor;

/// <summary>Lets event time pass no faster than a multiple of the clock's.</summary>
/// <param name="speedFactor">Seconds of event time in a second of the clock; null: no limit.</param>
/// <param name="time">The clock.</param>
sealed class Pacer(double? speedFactor, TimeProvider time)
{
    /// <summary>Shorter waits aren't worth a timer: they add up and are waited for together.</summary>
    static readonly TimeSpan s_shortest = TimeSpan.FromMilliseconds(1);

    /// <summary>Timers have an end; a longer wait is cut into pieces.</summary>
    static readonly TimeSpan s_longest = TimeSpan.FromDays(1);

    long? _originUs;
    long _startedAt;

    /// <summary>Completes when it is time for an event. The first event is always on time.</summary>
    public async ValueTask WaitUntilAsync(long eventTimeUs, CancellationToken cancellation)
    {
        if (speedFactor is not { } speed) return;
        if (_originUs is null)
        {
            _originUs = eventTimeUs;
            _startedAt = time.GetTimestamp();
        }

        var due = TimeSpan.FromMicroseconds((eventTimeUs - _originUs.Value) / speed);
        for (var wait = due - time.GetElapsedTime(_startedAt); wait >= s_shortest; wait = due - time.GetElapsedTime(_startedAt))
        {
            await Task.Delay(wait < s_longest ? wait : s_longest, time, cancellation);
        }
    }
}
