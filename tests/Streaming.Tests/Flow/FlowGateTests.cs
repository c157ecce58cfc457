namespace Kafka.Stock.Streaming.Tests;

public sealed class FlowGateTests
{
    const int Size = 4;
    const long One = Size + FlowGate.RecordOverheadBytes;

    static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    [Fact]
    public void A_topic_without_a_consumer_is_open()
    {
        var gate = new FlowGate(One);
        for (var i = 0; i < 100; i++) gate.Publishing("t", Size, CancellationToken.None);
        Assert.Equal(0, gate.OutstandingBytes("t"));
    }

    [Fact]
    public async Task A_producer_waits_until_a_consumer_has_read()
    {
        var gate = new FlowGate(2 * One);
        using var meter = gate.Consume("t", "a");
        gate.Publishing("t", Size, CancellationToken.None);
        gate.Publishing("t", Size, CancellationToken.None);
        var third = Task.Run(() => gate.Publishing("t", Size, CancellationToken.None));
        var room = gate.WaitAsync("t", CancellationToken.None).AsTask();
        Assert.False(third.IsCompleted);
        Assert.False(room.IsCompleted);
        meter.Add(Size);
        meter.Add(Size);
        await third.WaitAsync(s_patience);
        await room.WaitAsync(s_patience);
        Assert.Equal(One, gate.OutstandingBytes("t"));
    }

    [Fact]
    public async Task The_slowest_consumer_counts_and_one_that_leaves_holds_nobody_up()
    {
        var gate = new FlowGate(One);
        using var fast = gate.Consume("t", "fast");
        var slow = gate.Consume("t", "slow");
        gate.Publishing("t", Size, CancellationToken.None);
        fast.Add(Size);
        Assert.Equal(One, gate.OutstandingBytes("t"));
        var waiting = Task.Run(() => gate.Publishing("t", Size, CancellationToken.None));
        slow.Dispose();
        await waiting.WaitAsync(s_patience);
        Assert.Equal(One, gate.OutstandingBytes("t"));
        using var again = gate.Consume("t", "slow");
        Assert.Equal(2 * One, gate.OutstandingBytes("t"));
    }

    [Fact]
    public async Task A_topic_is_drained_when_its_slowest_consumer_has_read_what_was_published()
    {
        var gate = new FlowGate(100 * One);
        using var fast = gate.Consume("t", "fast");
        using var slow = gate.Consume("t", "slow");
        await gate.DrainedAsync("t", CancellationToken.None);
        await gate.DrainedAsync("without a consumer", CancellationToken.None);
        gate.Publishing("t", Size, CancellationToken.None);
        gate.Publishing("t", Size, CancellationToken.None);
        var first = gate.DrainedAsync("t", CancellationToken.None).AsTask();
        var second = gate.DrainedAsync("t", CancellationToken.None).AsTask();
        foreach (var meter in new[] { fast, fast, slow }) meter.Add(Size);
        Assert.False(first.IsCompleted || second.IsCompleted);
        slow.Add(Size);
        await Task.WhenAll(first, second).WaitAsync(s_patience);
    }

    [Fact]
    public async Task A_wait_for_a_drained_topic_ends_by_its_cancellation_and_when_the_consumer_leaves()
    {
        var gate = new FlowGate(100 * One);
        var meter = gate.Consume("t", "a");
        gate.Publishing("t", Size, CancellationToken.None);
        using var stop = new CancellationTokenSource();
        var cancelled = gate.DrainedAsync("t", stop.Token).AsTask();
        var left = gate.DrainedAsync("t", CancellationToken.None).AsTask();
        stop.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled.WaitAsync(s_patience));
        Assert.False(left.IsCompleted);
        meter.Dispose();
        await left.WaitAsync(s_patience);
    }

    [Fact]
    public async Task A_stop_lets_a_waiting_record_through_and_cancels_an_asynchronous_wait()
    {
        var gate = new FlowGate(One);
        using var meter = gate.Consume("t", "a");
        using var stop = new CancellationTokenSource();
        gate.Publishing("t", Size, stop.Token);
        var waiting = Task.Run(() => gate.Publishing("t", Size, stop.Token));
        var room = gate.WaitAsync("t", stop.Token).AsTask();
        await stop.CancelAsync();
        await waiting.WaitAsync(s_patience);
        Assert.Equal(2 * One, gate.OutstandingBytes("t"));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => room);
    }

    [Fact]
    public void A_record_beyond_the_bound_passes_when_nothing_is_outstanding()
    {
        var gate = new FlowGate(1);
        using var meter = gate.Consume("t", "a");
        gate.Publishing("t", 1_000_000, CancellationToken.None);
        meter.Add(1_000_000);
        gate.Publishing("t", 1_000_000, CancellationToken.None);
        Assert.Equal(1_000_000 + FlowGate.RecordOverheadBytes, gate.OutstandingBytes("t"));
    }

    [Theory]
    [InlineData(1, 3)]
    [InlineData(4, 2)]
    public async Task Outstanding_stays_bounded_and_everything_passes_with_many_at_once(int producers, int consumers)
    {
        const int Each = 300;
        var gate = new FlowGate(10 * One);
        var meters = Enumerable.Range(0, consumers).Select(i => gate.Consume("t", $"c{i}")).ToArray();
        long sent = 0;
        long most = 0;
        var producing = Enumerable.Range(0, producers).Select(_ => Task.Run(() =>
        {
            for (var i = 0; i < Each; i++)
            {
                gate.Publishing("t", Size, CancellationToken.None);
                Interlocked.Increment(ref sent);
                var outstanding = gate.OutstandingBytes("t");
                if (outstanding > Interlocked.Read(ref most)) Interlocked.Exchange(ref most, outstanding);
            }
        }));
        var consuming = meters.Select(meter => Task.Run(() =>
        {
            for (var i = 0; i < Each * producers; i++)
            {
                SpinWait.SpinUntil(() => Interlocked.Read(ref sent) > i);
                meter.Add(Size);
            }
        }));
        await Task.WhenAll(producing.Concat(consuming)).WaitAsync(s_patience);
        Assert.Equal(0, gate.OutstandingBytes("t"));
        Assert.InRange(most, One, (10 + producers) * One);
    }
}
