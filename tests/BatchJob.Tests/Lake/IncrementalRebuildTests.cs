using FsCheck;
using FsCheck.Fluent;
using Kafka.Stock.Calendars;
using Kafka.Stock.Contracts;
using Kafka.Stock.Learning;
using Kafka.Stock.TestKit;

namespace Kafka.Stock.BatchJob.Tests;

/// <summary>A rebuild that goes on from the last one gives the very files of one from the first record on.</summary>
public sealed class IncrementalRebuildTests
{
    const long MinuteUs = 60_000_000;

    /// <summary>Files are named after their content: equal names are equal bytes, rows and their order.</summary>
    [Fact]
    public void Incremental_equals_full_after_late_and_corrected_rows_and_splits() => Prop.ForAll(
        ArbMap.Default.ArbFor<ulong>(),
        seed => CheckAsync(seed).GetAwaiter().GetResult()).Check(Config.QuickThrowOnFailure.WithMaxTest(6));

    [Fact]
    public async Task A_late_trade_changes_its_own_revised_bar_and_no_other_row()
    {
        using var lake = new LakeUnderTest();
        SampleTicks.Feed(lake, seed: 5, days: 1, minutes: 70);
        await lake.SyncAsync();
        await lake.RebuildAsync();
        var before = await Rows(lake);

        var open = UsEquitiesCalendar.Instance.NextSession(new DateOnly(2010, 1, 3)).OpenUs;
        lake.Feed("AAA", new Tick("AAA", "iex", open + MinuteUs - 1, new Price(500_000_000), 9, 1_000_000));
        await lake.SyncAsync();
        var report = await lake.RebuildAsync();
        var after = await Rows(lake);

        Assert.False(report.IsFull);
        Assert.Equal(1, report.Records);
        var changed = Assert.Single(after.Except(before));
        Assert.Contains("revised", changed, StringComparison.Ordinal);
        Assert.Contains("500.000000", changed, StringComparison.Ordinal);
        Assert.Equal(before.Length, after.Length);
    }

    [Fact]
    public async Task A_corrected_bar_is_revised_and_stays_as_it_was_served()
    {
        using var lake = new LakeUnderTest();
        var bars = SampleBars.RandomWalk(7, 70);
        lake.Feed(bars);
        await lake.SyncAsync();
        await lake.RebuildAsync();

        lake.Feed("AAA", bars[30] with { Close = bars[30].High, Sequence = 1_000 });
        await lake.SyncAsync();
        var report = await lake.RebuildAsync();

        Assert.Equal((1, 1), (report.Records, report.Refused));
        var rows = await lake.RowsAsync(
            LakeTables.Bars,
            $"""
            SELECT concat_ws(' ', "view", close, epoch_us(known_at)) FROM TABLE WHERE epoch_us("end") = {bars[30].EndUs} ORDER BY "view"
            """);
        Assert.Equal([$"as_served {Text(bars[30].Close)} {bars[30].EndUs}", $"revised {Text(bars[30].High)} {bars[69].EndUs}"], rows);
    }

    [Fact]
    public async Task Lost_or_foreign_state_makes_the_next_rebuild_a_full_one_with_the_same_files()
    {
        using var lake = new LakeUnderTest();
        lake.Feed(SampleBars.RandomWalk(8, 80));
        await lake.SyncAsync();
        await lake.RebuildAsync();
        var files = await lake.FilesAsync(LakeTables.Features);
        var state = (await lake.Lake.Store.GetAsync(CarriedState.Key, default))!;

        state[^1] ^= 1;
        await lake.Lake.Store.PutAsync(CarriedState.Key, state, default);
        Assert.True((await lake.RebuildAsync()).IsFull);
        await lake.Lake.Store.DeleteAsync(CarriedState.Key, default);
        Assert.True((await lake.RebuildAsync()).IsFull);
        Assert.Equal(files, await lake.FilesAsync(LakeTables.Features));
    }

    static Task<string[]> Rows(LakeUnderTest lake) => lake.RowsAsync(
        LakeTables.Bars,
        """
        SELECT concat_ws(' ', "view", series, "end", open, high, low, close, volume, ticks, split_factor, known_at) FROM TABLE
        ORDER BY series, "end", "view"
        """);

    static async Task CheckAsync(ulong seed)
    {
        using var lake = new LakeUnderTest();
        var records = Records(seed);
        var random = new KeyedRandom(seed, 77, 0);
        var steps = 2 + (int)(random.Uniform(0) * 3);
        for (var step = 0; step < steps; step++)
        {
            foreach (var feed in records[(step * records.Count / steps)..((step + 1) * records.Count / steps)]) feed(lake);
            await lake.SyncAsync();
            await lake.RebuildAsync();
        }

        Assert.Equal(await lake.FilesOfFullRebuildAsync(LakeTables.Bars), await lake.FilesAsync(LakeTables.Bars));
        Assert.Equal(await lake.FilesOfFullRebuildAsync(LakeTables.Features), await lake.FilesAsync(LakeTables.Features));
    }

    /// <summary>Trades with late ones among them, daily bars with corrections, splits now and then, some of them late.</summary>
    static List<Action<LakeUnderTest>> Records(ulong seed)
    {
        var random = new KeyedRandom(seed, 1, 2);
        var draw = 0u;
        var records = new List<Action<LakeUnderTest>>();
        var sequence = 1L;
        var bars = SampleBars.RandomWalk(seed, 130, "AAA");
        foreach (var (index, bar) in bars.Index())
        {
            var next = bar with { Sequence = sequence++ };
            records.Add(lake => lake.Feed("AAA", next));
            if (random.Uniform(draw++) < 0.05)
            {
                var earlier = bars[(int)(random.Uniform(draw++) * (index + 1))];
                var corrected = earlier with { Close = earlier.High, Volume = earlier.Volume + 1, Sequence = sequence++ };
                records.Add(lake => lake.Feed("AAA", corrected));
            }

            if (random.Uniform(draw++) < 0.03)
            {
                var at = bars[(int)(random.Uniform(draw++) * (index + 1))].StartUs;
                var split = new CorporateAction("AAA", "csv", CorporateActionKind.Split, at, 0.5, 2, sequence++);
                records.Add(lake => lake.Feed("AAA", split));
            }
        }

        var open = UsEquitiesCalendar.Instance.NextSession(new DateOnly(2010, 12, 30)).OpenUs; // two years, two partitions
        for (var minute = 0; minute < 75; minute++)
        {
            for (var i = 0; i < 2; i++)
            {
                var late = random.Uniform(draw++) < 0.1 ? (long)(random.Uniform(draw++) * minute) * MinuteUs : 0;
                var timeUs = open + (minute * MinuteUs) + (long)(random.Uniform(draw++) * MinuteUs) - late;
                var price = new Price(50_000_000 + (long)(random.Uniform(draw++) * 1_000_000));
                var tick = new Tick("BBB", "iex", timeUs, price, 10, sequence++);
                records.Add(lake => lake.Feed("BBB", tick));
            }

            var watermark = new Watermark("BBB", "iex", open + ((minute + 1) * MinuteUs), sequence++);
            records.Add(lake => lake.Feed("BBB", watermark));
        }

        return records;
    }

    static string Text(Price price) => price.ToDecimal().ToString("F6", System.Globalization.CultureInfo.InvariantCulture);
}
