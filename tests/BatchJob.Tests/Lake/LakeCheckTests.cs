using Kafka.Stock.Calendars;
using Kafka.Stock.Contracts;
using Kafka.Stock.TestKit;

namespace Kafka.Stock.BatchJob.Tests;

/// <summary>The quality gate over a lake: what is new, what is kept of it, what stops it.</summary>
public sealed class LakeCheckTests : IDisposable
{
    readonly LakeUnderTest _lake = new();

    public void Dispose() => _lake.Dispose();

    [Fact]
    public async Task Only_rows_that_are_new_since_the_last_pass_are_checked()
    {
        var bars = SampleBars.RandomWalk(1, 50);
        _lake.Feed(bars.Take(30));
        Assert.Equal((1, 30), await PassAsync());
        Assert.Equal((1, 0), await PassAsync());
        _lake.Feed(bars.Skip(30));
        Assert.Equal((2, 20), await PassAsync());

        var rows = await _lake.RowsAsync(
            LakeTables.Checks, """SELECT concat_ws(' ', pass, "check", status, "rows", bad) FROM TABLE ORDER BY pass, "check" """);
        Assert.Equal(2 * QualityCheck.All.Count, rows.Length);
        Assert.Contains("1 size passed 30 0", rows);
        Assert.Contains("2 size passed 20 0", rows);
    }

    [Fact]
    public async Task A_failed_pass_is_recorded_and_its_rows_are_checked_again_until_they_are_acknowledged()
    {
        var bars = SampleBars.RandomWalk(2, 40);
        var huge = bars[20] with { Volume = 20_000_000_000 };
        _lake.Feed([.. bars.Take(20), huge, .. bars.Skip(21)]);
        var failed = await RunAsync(AcknowledgedRows.Empty);
        var refusal = failed.Report!.Refusal("silver.bars");
        Assert.NotNull(refusal);
        Assert.Contains("AAA/1d/csv", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("stock.market.v1[0]@20", refusal.Message, StringComparison.Ordinal);

        Assert.Equal(40, (await RunAsync(AcknowledgedRows.Empty)).Rows);
        var line = $"AAA/1d/csv,{DateTime.UnixEpoch.AddMicroseconds(huge.EndUs):yyyy-MM-ddTHH:mm:ssZ},max_volume,checked by hand";
        var passed = await RunAsync(AcknowledgedRows.Parse("rows.csv", line));
        Assert.Null(passed.Report!.Refusal("silver.bars"));
        Assert.Equal((3, 0), await PassAsync());
    }

    [Fact]
    public async Task Bad_days_fail_the_days_and_minutes_go_on()
    {
        var bars = SampleBars.RandomWalk(2, 40);
        _lake.Feed([.. bars.Take(20), bars[20] with { Volume = 20_000_000_000 }, .. bars.Skip(21)]);
        _lake.Feed([bars[39] with { Interval = "1m", StartUs = bars[39].EndUs - 60_000_000, Sequence = 1_000 }]);
        var pass = await RunAsync(AcknowledgedRows.Empty);
        Assert.Equal(41, pass.Rows);
        Assert.Equal("max_volume 1", pass.Report!.FailuresInShort());
        Assert.Equal("max_volume 1", pass.ByInterval.Of("1d")!.FailuresInShort());
        Assert.True(pass.ByInterval.Of("1m")!.IsPassed);

        // The days are looked at again; of the minutes nothing is new.
        var again = await RunAsync(AcknowledgedRows.Empty);
        Assert.Equal(40, again.Rows);
        Assert.Null(again.ByInterval.Of("1m"));
        Assert.False(again.ByInterval.Of("1d")!.IsPassed);
    }

    [Fact]
    public async Task A_split_explains_a_jump()
    {
        var bars = SampleBars.RandomWalk(3, 40);
        _lake.Feed(bars.Take(20));
        _lake.Feed("AAA", new CorporateAction(
            "AAA", "csv", CorporateActionKind.Split, bars[20].StartUs - 1, 0.25, 4, bars[19].Sequence));
        _lake.Feed(bars.Skip(20).Select(bar => bar with
        {
            Open = Quarter(bar.Open),
            High = Quarter(bar.High),
            Low = Quarter(bar.Low),
            Close = Quarter(bar.Close),
        }));
        await PassAsync();
        var rows = await _lake.RowsAsync(LakeTables.Checks, """SELECT concat_ws(' ', bad) FROM TABLE WHERE "check" = 'jumps'""");
        Assert.Equal(["0"], rows);
    }

    [Fact]
    public async Task Without_silver_it_says_what_comes_first()
    {
        var refusal = await Assert.ThrowsAsync<RefusedException>(() => CheckAsync(AcknowledgedRows.Empty));
        Assert.Contains("rebuild", refusal.Message, StringComparison.Ordinal);
    }

    static Price Quarter(Price price) => new(price.Micros / 4);

    async Task<(long Number, long Rows)> PassAsync()
    {
        var pass = await RunAsync(AcknowledgedRows.Empty);
        return (pass.Number, pass.Rows);
    }

    async Task<CheckPass> RunAsync(AcknowledgedRows acknowledged)
    {
        await _lake.SyncAsync();
        await _lake.RebuildAsync();
        return await CheckAsync(acknowledged);
    }

    Task<CheckPass> CheckAsync(AcknowledgedRows acknowledged) =>
        new LakeCheck(_lake.Lake, new QualityOptions(), UsEquitiesCalendar.Instance, acknowledged).RunAsync(default);
}
