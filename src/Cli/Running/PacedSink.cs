using Kafka.Stock.Contracts;
using Kafka.Stock.Ingestor;

namespace Kafka.Stock.Cli;

/// <summary>Spreads a known number of rows evenly over a time, so that a person can watch; counts them on the way.</summary>
/// <param name="inner">Where they go.</param>
/// <param name="rows">Rows expected in all.</param>
/// <param name="over">Time for all of them; zero: as fast as it goes.</param>
/// <param name="time">The clock.</param>
sealed class PacedSink(IMarketSink inner, long rows, TimeSpan over, TimeProvider time) : IMarketSink
{
    static readonly TimeSpan s_slice = TimeSpan.FromMilliseconds(20);
    readonly long _started = time.GetTimestamp();
    long _done;

    /// <summary>Rows so far.</summary>
    public long Done => Interlocked.Read(ref _done);

    public void Publish(in Tick tick)
    {
        inner.Publish(tick);
        Interlocked.Increment(ref _done);
    }

    public void Publish(in SourceBar bar)
    {
        inner.Publish(bar);
        Interlocked.Increment(ref _done);
    }

    public void Publish(in Watermark watermark) => inner.Publish(watermark);

    public void Publish(in ReferenceBar bar) => inner.Publish(bar);

    public void Publish(in CorporateAction action) => inner.Publish(action);

    public void DeadLetter(string key, ReadOnlySpan<byte> bytes, string where, string found, string expected) =>
        inner.DeadLetter(key, bytes, where, found, expected);

    public void Position(in IngestPosition position) => inner.Position(position);

    public async ValueTask WaitForRoomAsync(CancellationToken cancellation)
    {
        if (over > TimeSpan.Zero && rows > 0)
        {
            var due = over * ((double)_done / rows);
            while (time.GetElapsedTime(_started) < due) await Task.Delay(s_slice, time, cancellation);
        }

        await inner.WaitForRoomAsync(cancellation);
    }
}
