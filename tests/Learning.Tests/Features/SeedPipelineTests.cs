namespace Kafka.Stock.Learning.Tests;

public sealed class SeedPipelineTests
{
    static readonly FeaturePipeline s_pipeline = FeaturePipeline.SeedV1;

    [Fact]
    public void It_has_the_requirements_columns()
    {
        Assert.Equal(
            "open high low close volume ave_open ave_high ave_low ave_close total_volume 30_day_ma_close timestamp_in_ms dt year month "
            + "date",
            string.Join(' ', s_pipeline.FeatureNames));
        Assert.All(s_pipeline.Kinds.Skip(12), kind => Assert.Equal(FeatureKind.Category, kind));
        Assert.False(s_pipeline.IsScaleFree);
        Assert.Equal(4303196459796212973, s_pipeline.Fingerprint);
    }

    [Fact]
    public void A_daily_row_has_the_bars_own_numbers_and_its_trading_day()
    {
        var bars = Days(40);
        var state = new FeatureState(s_pipeline);
        foreach (var bar in bars) state.Add(bar);
        var (last, features) = (bars[^1], SampleBars.Features(state));
        Assert.Equal([(float)last.Open, (float)last.High, (float)last.Low, (float)last.Close, (float)last.Volume], features[..5]);
        Assert.Equal(features[..5], features[5..10]);
        Assert.Equal(bars[^30..].Average(bar => bar.Close), features[10], 1e-3);
        Assert.Equal(last.EndUs / 1000f, features[11]);
        var day = new DateOnly(1970, 1, 1).AddDays(last.TradingDay);
        Assert.Equal([last.TradingDay, day.Year, day.Month, day.Day], features[12..].Select(value => (int)value));
    }

    /// <summary>Means of a day's bars that hadn't closed yet would know the day's end.</summary>
    [Fact]
    public void Intraday_means_and_totals_are_over_the_day_so_far()
    {
        var bars = Days(12).Select((bar, i) => bar with { TradingDay = 100 + i / 5 }).ToArray();
        var state = new FeatureState(s_pipeline);
        for (var t = 0; t < bars.Length; t++)
        {
            state.Add(bars[t]);
            var today = bars[..(t + 1)].Where(bar => bar.TradingDay == bars[t].TradingDay).ToArray();
            var features = SampleBars.Features(state);
            Assert.Equal(today.Average(bar => bar.Open), features[5], 1e-3);
            Assert.Equal(today.Average(bar => bar.High), features[6], 1e-3);
            Assert.Equal(today.Average(bar => bar.Low), features[7], 1e-3);
            Assert.Equal(today.Average(bar => bar.Close), features[8], 1e-3);
            Assert.Equal((float)today.Sum(bar => bar.Volume), features[9]);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(20)]
    public void Bars_after_t_change_no_feature_up_to_t(int t)
    {
        var bars = Days(40);
        var before = Rows(bars);
        for (var i = t + 1; i < bars.Length; i++) bars[i] = bars[i] with { Open = 1, High = 9, Low = 0.5, Close = 3, Volume = 7 };
        var after = Rows(bars);
        for (var i = 0; i <= t; i++) Assert.Equal(before[i], after[i]);
    }

    [Fact]
    public void A_split_rescales_state_and_rows_as_if_all_history_had_been_so()
    {
        var bars = Days(60);
        var state = new FeatureState(s_pipeline);
        for (var i = 0; i < 50; i++) state.Add(bars[i]);
        var row = SampleBars.Features(state);
        state.Rescale(0.25, 4);
        s_pipeline.RescaleRow(row, 0.25, 4);
        AssertClose(row, SampleBars.Features(state));
        for (var i = 50; i < 60; i++) state.Add(Split(bars[i]));
        AssertClose(Rows([.. bars.Select(Split)])[^1], SampleBars.Features(state));

        var unchanged = SampleBars.Features(SampleBars.Walk(1, 70))[^1];
        var copy = unchanged.ToArray();
        FeaturePipeline.PriceV1.RescaleRow(copy, 0.25, 4);
        Assert.Equal(unchanged, copy);
    }

    [Fact]
    public void Wild_prices_and_volumes_give_finite_rows()
    {
        var state = new FeatureState(s_pipeline);
        double[] closes = [1, 1e6, 1e-300, 1e300, 5e-324, 1.7e308];
        for (var i = 1; i <= 60; i++)
        {
            state.Add(new BarInput(i, closes[i * 5 % 6], 1e308, 1e-308, closes[i % 6], i % 2 == 0 ? 0 : 1.7e308, false, i));
            Assert.All(SampleBars.Features(state), value => Assert.True(float.IsFinite(value)));
        }

        Assert.False(new BarInput(1, 1, 1, 1, 1, 1, false, int.MaxValue).IsUsable);
    }

    [Fact]
    public void A_bar_allocates_nothing()
    {
        var bars = Days(200);
        var state = new FeatureState(s_pipeline);
        var features = new float[s_pipeline.Width];
        for (var i = 0; i < 100; i++) Feed(i);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 100; i < 200; i++) Feed(i);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Feed(int i)
        {
            state.Add(bars[i]);
            state.CopyFeatures(features);
        }
    }

    internal static BarInput[] Days(int count, ulong seed = 5) =>
        [.. SampleBars.Walk(seed, count).Select((bar, i) => bar with { TradingDay = 14_600 + i * 7 / 5 })];

    internal static float[][] Rows(BarInput[] bars)
    {
        var state = new FeatureState(s_pipeline);
        return [.. bars.Select(bar =>
        {
            state.Add(bar);
            return SampleBars.Features(state);
        })];
    }

    static BarInput Split(BarInput bar) => bar with
    {
        Open = bar.Open * 0.25,
        High = bar.High * 0.25,
        Low = bar.Low * 0.25,
        Close = bar.Close * 0.25,
        Volume = bar.Volume * 4,
    };

    static void AssertClose(float[] expected, float[] found) =>
        Assert.All(expected.Zip(found), pair => Assert.Equal(pair.First, pair.Second, 1e-5 * Math.Abs(pair.First)));
}
