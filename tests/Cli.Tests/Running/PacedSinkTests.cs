using Kafka.Stock.Contracts;
using Kafka.Stock.Ingestor;

namespace Kafka.Stock.Cli.Tests;

public sealed class PacedSinkTests
{
    static readonly Tick s_tick = new("SPY", "iex", 1, new Price(1), 1, 1);

    [Theory]
    [InlineData(40, 100)]
    [InlineData(1, 7)]
    public async Task Rows_are_spread_evenly_over_the_time(int seconds, int rows)
    {
        var clock = new FakeClock();
        var inner = new MemorySink();
        var sink = new PacedSink(inner, rows, TimeSpan.FromSeconds(seconds), clock);
        for (var i = 0; i < rows; i++)
        {
            await sink.WaitForRoomAsync(CancellationToken.None);
            Assert.InRange(
                clock.Elapsed - (TimeSpan.FromSeconds(seconds) * i / rows), TimeSpan.FromTicks(-1), TimeSpan.FromMilliseconds(20));
            sink.Publish(s_tick);
        }

        Assert.Equal((rows, (long)rows), (inner.Records.Count, sink.Done));
    }

    [Theory]
    [InlineData(0, 100)]
    [InlineData(40, 0)]
    public async Task Without_a_time_or_rows_nothing_waits(int seconds, int rows)
    {
        var clock = new FakeClock();
        var sink = new PacedSink(new MemorySink(), rows, TimeSpan.FromSeconds(seconds), clock);
        for (var i = 0; i < 10; i++)
        {
            await sink.WaitForRoomAsync(CancellationToken.None);
            sink.Publish(s_tick);
        }

        Assert.Equal(TimeSpan.Zero, clock.Elapsed);
    }

    [Fact]
    public void Everything_is_handed_on_and_only_rows_are_counted()
    {
        var inner = new MemorySink();
        var sink = new PacedSink(inner, 10, TimeSpan.Zero, new FakeClock());
        sink.Publish(s_tick);
        sink.Publish(default(SourceBar));
        sink.Publish(default(Watermark));
        sink.Publish(default(CorporateAction));
        sink.DeadLetter("k", [1], "where", "found", "expected");
        sink.Position(default);
        Assert.Equal(2, sink.Done);
        Assert.Equal((4, 1, 1), (inner.Records.Count, inner.DeadLetters.Count, inner.Positions.Count));
    }

    [Fact]
    public async Task A_cancelled_wait_ends()
    {
        var sink = new PacedSink(new MemorySink(), 1, TimeSpan.FromDays(1), new FakeClock());
        sink.Publish(s_tick);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            async () => await sink.WaitForRoomAsync(new CancellationToken(canceled: true)));
    }
}
