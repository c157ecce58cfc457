using Kafka.Stock.Contracts;

namespace Kafka.Stock.Ingestor.Tests;

/// <summary>Asks the replay to stop when it has taken so many records.</summary>
sealed class StoppingSink : IMarketSink, IDisposable
{
    readonly CancellationTokenSource _stop = new();
    readonly int _after;

    public StoppingSink(int after)
    {
        _after = after;
        if (after == 0) _stop.Cancel();
    }

    public MemorySink Memory { get; } = new();

    public CancellationToken Stopping => _stop.Token;

    public void Publish(in Tick tick)
    {
        AssertRunning();
        Memory.Publish(tick);
        StopWhenEnough();
    }

    public void Publish(in SourceBar bar)
    {
        AssertRunning();
        Memory.Publish(bar);
        StopWhenEnough();
    }

    public void Publish(in ReferenceBar bar)
    {
        AssertRunning();
        Memory.Publish(bar);
        StopWhenEnough();
    }

    public void Publish(in Watermark watermark)
    {
        AssertRunning();
        Memory.Publish(watermark);
        StopWhenEnough();
    }

    public void Publish(in CorporateAction action)
    {
        AssertRunning();
        Memory.Publish(action);
        StopWhenEnough();
    }

    public void DeadLetter(string key, ReadOnlySpan<byte> bytes, string where, string found, string expected) =>
        Memory.DeadLetter(key, bytes, where, found, expected);

    public void Position(in IngestPosition position) => Memory.Position(position);

    public ValueTask WaitForRoomAsync(CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return ValueTask.CompletedTask;
    }

    public void Dispose() => _stop.Dispose();

    void AssertRunning() => Assert.False(_stop.IsCancellationRequested, "a record was published after the stop");

    void StopWhenEnough()
    {
        if (Memory.Records.Count == _after) _stop.Cancel();
    }
}
