using Kafka.Stock.Contracts;

namespace Kafka.Stock.Ingestor.Tests;

public sealed class PacingTests
{
    const long OpenMs = 1_381_152_600_000;

    [Theory]
    [InlineData(1.0, 600)]
    [InlineData(60.0, 10)]
    [InlineData(0.5, 1_200)]
    public async Task Event_time_passes_no_faster_than_the_speed_factor_allows(double speed, double seconds)
    {
        using var scratch = new Scratch();
        scratch.Write("A.csv", $"ts_ms_utc,price,size\n{OpenMs},1,1\n{OpenMs + 1},1,1\n{OpenMs + 300_000},1,1\n{OpenMs + 540_000},1,1\n");
        var clock = new FakeClock();
        var options = new FileReplayOptions { Paths = [scratch.Folder], SpeedFactor = speed };
        await new FileReplay(options, clock).RunAsync(new MemorySink(), [], CancellationToken.None);
        Assert.Equal(seconds, clock.Elapsed.TotalSeconds, 3);
    }

    [Fact]
    public async Task Without_a_speed_factor_and_for_what_is_skipped_nothing_waits()
    {
        using var scratch = new Scratch();
        scratch.Write("A.csv", $"ts_ms_utc,price,size\n{OpenMs},1,1\n{OpenMs + 300_000},1,1\n");
        var clock = new FakeClock();
        var sink = new MemorySink();
        await new FileReplay(new FileReplayOptions { Paths = [scratch.Folder] }, clock).RunAsync(sink, [], CancellationToken.None);
        await new FileReplay(new FileReplayOptions { Paths = [scratch.Folder], SpeedFactor = 1 }, clock)
            .RunAsync(new MemorySink(), sink.Positions, CancellationToken.None);
        Assert.Empty(clock.Waits);
    }

    [Fact]
    public async Task A_stop_ends_a_wait_and_leaves_a_position_of_what_was_published()
    {
        using var scratch = new Scratch();
        scratch.Write("A.csv", $"ts_ms_utc,price,size\n{OpenMs},1,1\n{OpenMs + 300_000},1,1\n");
        using var stop = new CancellationTokenSource();
        var sink = new MemorySink();
        var options = new FileReplayOptions { Paths = [scratch.Folder], SpeedFactor = 1e-9 };
        var run = Task.Run(() => new FileReplay(options, TimeProvider.System).RunAsync(sink, [], stop.Token));
        Assert.False(run.IsCompleted);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
        Assert.Equal(sink.Records.OfType<Tick>().Select(tick => tick.Sequence), sink.Positions.Select(position => position.Sequence));
    }

    [Fact]
    public async Task Progress_counts_everything_and_ends_with_all_bytes()
    {
        using var scratch = new Scratch();
        var trades = scratch.Write("A.csv", $"ts_ms_utc,price,size\n{OpenMs},1,1\nbad\n{OpenMs + 300_000},1,1\n");
        var bars = scratch.Write("B.csv.gz", "dt,open,high,low,close,volume\n2013-10-07,1,1,1,1,1\n");
        List<IngestProgress> reports = [];
        var replay = new FileReplay(new FileReplayOptions { Paths = [scratch.Folder], SpeedFactor = 10 }, new FakeClock(), reports.Add);
        var end = await replay.RunAsync(new MemorySink(), [], CancellationToken.None);
        var bytes = new FileInfo(trades).Length + new FileInfo(bars).Length;
        Assert.Equal(
            new IngestProgress
            {
                TickCount = 2,
                BarCount = 1,
                WatermarkCount = 3,
                DeadLetterCount = 1,
                BytesRead = bytes,
                BytesTotal = bytes,
                EventTimeUs = 1_381_176_000_000_000,
            },
            end);
        Assert.Equal(end, reports[^1]);
        Assert.True(reports.Count > 2);
        Assert.Equal(6, end.RecordCount);
    }
}
