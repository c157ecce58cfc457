using Kafka.Stock.Contracts;
using Kafka.Stock.Ingestor;
using Kafka.Stock.Streaming;

namespace Kafka.Stock.Cli.Tests;

/// <summary>All roles in this process, on an embedded broker.</summary>
public sealed class StackTests
{
    static readonly TimeSpan s_limit = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task What_is_ingested_is_drained_into_the_tally()
    {
        using var limit = new CancellationTokenSource(s_limit);
        await using var stack = Stack.Start(new StackOptions { Partitions = 3 }, limit.Token);
        var done = await IngestAsync(stack, limit.Token);
        await stack.DrainAsync(limit.Token);
        Assert.Equal((7_422, 7_422), (done.TickCount, stack.Tally.Ticks));
        Assert.Equal((342, 341), (stack.Tally.Forecasts, stack.Tally.Scores));
        Assert.Equal([("1m", 407L)], stack.Tally.BarsByInterval());
        await stack.StopAsync();
    }

    [Fact]
    public async Task A_second_ingest_of_the_same_files_publishes_nothing()
    {
        using var limit = new CancellationTokenSource(s_limit);
        await using var stack = Stack.Start(new StackOptions { Partitions = 2 }, limit.Token);
        await IngestAsync(stack, limit.Token);
        var again = await IngestAsync(stack, limit.Token);
        await stack.DrainAsync(limit.Token);
        Assert.Equal(0, again.RecordCount);
        Assert.Equal(342, stack.Tally.Forecasts);
    }

    [Fact]
    public async Task A_cancelled_ingest_ends_with_the_cancellation_and_the_stack_stops()
    {
        using var limit = new CancellationTokenSource(s_limit);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(limit.Token);
        await using var stack = Stack.Start(new StackOptions { Partitions = 2 }, stop.Token);
        var ingest = stack.IngestAsync(Files(), inner => new StoppingSink(inner, 1_000, stop), _ => { }, stop.Token);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ingest);
        await stack.StopAsync();
        Assert.InRange(stack.Tally.Ticks, 0, 1_000);
    }

    [Fact]
    public async Task Readers_from_elsewhere_find_what_the_tally_counts()
    {
        using var limit = new CancellationTokenSource(s_limit);
        await using var stack = Stack.Start(new StackOptions { Partitions = 2 }, limit.Token);
        await IngestAsync(stack, limit.Token);
        await stack.DrainAsync(limit.Token);
        var read = 0;
        await new RecordReader(stack.Kafka, StockTopics.Forecasts.Name).ReadAsync(
            (in TopicRecord record) =>
            {
                read += record.SchemaName == Forecast.SchemaName ? 1 : 0;
                return true;
            },
            limit.Token);
        Assert.Equal(stack.Tally.Forecasts, read);
    }

    static FileReplayOptions Files() => new() { Paths = [Path.Combine(BundledData.Folder, "iex_ticks_2019-10-30.csv.gz")] };

    static Task<IngestProgress> IngestAsync(Stack stack, CancellationToken cancellation) =>
        stack.IngestAsync(Files(), inner => inner, _ => { }, cancellation);

    /// <summary>Cancels after so many ticks.</summary>
    sealed class StoppingSink(IMarketSink inner, int after, CancellationTokenSource stop) : IMarketSink
    {
        int _ticks;

        public void Publish(in Tick tick)
        {
            inner.Publish(tick);
            if (++_ticks == after) stop.Cancel();
        }

        public void Publish(in SourceBar bar) => inner.Publish(bar);

        public void Publish(in Watermark watermark) => inner.Publish(watermark);

        public void Publish(in ReferenceBar bar) => inner.Publish(bar);

        public void Publish(in CorporateAction action) => inner.Publish(action);

        public void DeadLetter(string key, ReadOnlySpan<byte> bytes, string where, string found, string expected) =>
            inner.DeadLetter(key, bytes, where, found, expected);

        public void Position(in IngestPosition position) => inner.Position(position);

        public ValueTask WaitForRoomAsync(CancellationToken cancellation) => inner.WaitForRoomAsync(cancellation);
    }
}
