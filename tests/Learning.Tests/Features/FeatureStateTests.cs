namespace Kafka.Stock.Learning.Tests;

public sealed class FeatureStateTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Features_are_those_of_the_formulas(ulong seed)
    {
        var bars = SampleBars.Walk(seed, 200);
        bars[90] = bars[90] with { High = bars[90].High * 3 }; // bad prints, to be cut
        bars[120] = bars[120] with { Low = bars[120].Low / 4 };
        var state = new FeatureState(FeaturePipeline.PriceV1);
        Span<double> inputs = stackalloc double[4];
        for (var t = 0; t < bars.Length; t++)
        {
            state.Add(bars[t]);
            if (t < 60) continue;
            var expected = FeatureReference.Features(bars, t);
            var found = SampleBars.Features(state);
            for (var i = 0; i < expected.Length; i++)
                Assert.True(Math.Abs(expected[i] - found[i]) < 1e-5,
                    $"bar {t}, {state.Pipeline.FeatureNames[i]}: {found[i]} for {expected[i]}");
            state.CopyVolatilityInputs(inputs);
            var volatility = FeatureReference.VolatilityInputs(bars, t);
            for (var i = 0; i < 4; i++) Assert.Equal(volatility[i], inputs[i], 1e-9);
            Assert.Equal(FeatureReference.Ranges(bars, t).Volatility[^1], state.RangeVolatility, 1e-12);
        }
    }

    [Fact]
    public void Bits_are_the_same_on_every_machine()
    {
        var bytes = SampleBars.Features(SampleBars.Walk(5, 400)).SelectMany(row => row).SelectMany(BitConverter.GetBytes).ToArray();
        Assert.Equal("e6a1609dd7a78d1e", Fnv1a.Hash(bytes).ToString("x16"));
    }

    [Theory]
    [InlineData(61)]
    [InlineData(100)]
    [InlineData(199)]
    public void Bars_after_t_change_no_feature_up_to_t(int t)
    {
        var bars = SampleBars.Walk(4, 200);
        var before = SampleBars.Features(bars);
        for (var i = t + 1; i < bars.Length; i++) bars[i] = bars[i] with { Open = 1, High = 9, Low = 0.5, Close = 3, Volume = 7 };
        var after = SampleBars.Features(bars);
        for (var i = 0; i <= t; i++) Assert.Equal(before[i], after[i]);
        if (t + 1 < bars.Length) Assert.NotEqual(before[t + 1], after[t + 1]);
    }

    [Fact]
    public void It_is_warm_from_the_61st_bar_on()
    {
        var state = new FeatureState(FeaturePipeline.PriceV1);
        foreach (var bar in SampleBars.Walk(1, 60)) state.Add(bar);
        Assert.False(state.IsWarm);
        state.Add(SampleBars.Walk(1, 61)[60]);
        Assert.True(state.IsWarm);
        Assert.Equal(61, state.BarCount);
        Assert.Equal(SampleBars.Walk(1, 61)[60].EndUs, state.LastEndUs);
        Assert.Equal(SampleBars.Walk(1, 61)[60].Close, state.LastClose);
    }

    [Fact]
    public void The_first_bar_has_no_night_and_no_return()
    {
        var state = new FeatureState(FeaturePipeline.PriceV1);
        state.Add(new BarInput(1, 10, 10, 10, 10, 100, false));
        Assert.Equal(0, state.RangeVolatility);
        Assert.Equal(1e-4, state.Scale);
        state.Add(new BarInput(2, 11, 11, 11, 11, 100, false));
        Assert.Equal(Math.Log(1.1), state.RangeVolatility, 1e-12);
    }

    [Theory]
    [InlineData(0.5, 2.0)]
    [InlineData(1.0 / 7.0, 7.0)]
    [InlineData(20.0, 0.05)]
    public void A_split_leaves_the_features_as_if_all_history_had_been_so(double priceFactor, double volumeFactor)
    {
        var bars = SampleBars.Walk(6, 150);
        var state = new FeatureState(FeaturePipeline.PriceV1);
        for (var i = 0; i < 100; i++) state.Add(bars[i]);
        state.Rescale(priceFactor, volumeFactor);
        Assert.Equal(bars[99].Close * priceFactor, state.LastClose);
        for (var i = 100; i < 150; i++) state.Add(Scaled(bars[i], priceFactor, volumeFactor));
        var expected = SampleBars.Features(bars.Select(bar => Scaled(bar, priceFactor, volumeFactor)))[^1];
        Assert.All(SampleBars.Features(state).Zip(expected), pair => Assert.Equal(pair.Second, pair.First, 1e-4f));
    }

    [Fact]
    public void A_reset_state_is_a_new_one()
    {
        var bars = SampleBars.Walk(8, 130);
        var state = new FeatureState(FeaturePipeline.PriceV1);
        foreach (var bar in bars) state.Add(bar);
        state.Reset();
        Assert.Equal((0, 0L, 0.0, 1e-4), (state.BarCount, state.LastEndUs, state.LastClose, state.Scale));
        foreach (var bar in bars) state.Add(bar);
        Assert.Equal(SampleBars.Features(bars)[^1], SampleBars.Features(state));
    }

    [Fact]
    public void Constant_prices_without_volume_give_quiet_features()
    {
        var state = new FeatureState(FeaturePipeline.PriceV1);
        for (var i = 1; i <= 100; i++) state.Add(new BarInput(i, 5, 5, 5, 5, 0, false));
        var features = SampleBars.Features(state);
        Assert.Equal(1e-4, state.Scale);
        Assert.Equal(-4f, features[state.Pipeline.FeatureNames.ToList().IndexOf("range_surprise")]);
        Assert.Equal(16, features.Count(feature => feature == 0f));
        AssertFinite(state);
    }

    [Fact]
    public void Wild_prices_and_volumes_give_finite_features()
    {
        var state = new FeatureState(FeaturePipeline.PriceV1);
        double[] closes = [1, 1e6, 1, 1e-300, 1e300, 5e-324, 1.7e308, 3, 3, 3];
        for (var i = 1; i <= 200; i++)
        {
            var close = closes[i % closes.Length];
            var volume = i % 3 == 0 ? 0 : i % 3 == 1 ? 1.7e308 : 1;
            state.Add(new BarInput(i, closes[i * 7 % closes.Length], 1e308, 1e-308, close, volume, false));
            AssertFinite(state);
        }
    }

    [Fact]
    public void A_high_under_the_low_is_mended()
    {
        var state = new FeatureState(FeaturePipeline.PriceV1);
        for (var i = 1; i <= 70; i++) state.Add(new BarInput(i, 10, 9, 11, 10, 5, false));
        Assert.Equal(0, state.RangeVolatility);
        AssertFinite(state);
    }

    [Theory]
    [InlineData(double.NaN, 1, 1)]
    [InlineData(1, 0, 1)]
    [InlineData(1, -4.2, 1)]
    [InlineData(1, double.PositiveInfinity, 1)]
    [InlineData(1, 1, -1)]
    [InlineData(1, 1, double.NaN)]
    public void An_unusable_bar_is_refused_and_changes_nothing(double open, double close, double volume)
    {
        var bars = SampleBars.Walk(9, 70);
        var state = new FeatureState(FeaturePipeline.PriceV1);
        foreach (var bar in bars) state.Add(bar);
        var bad = new BarInput(99, open, 2, 1, close, volume, false);
        Assert.False(bad.IsUsable);
        Assert.Throws<ArgumentException>(() => state.Add(bad));
        Assert.Equal(SampleBars.Features(bars)[^1], SampleBars.Features(state));
        Assert.Equal(70, state.BarCount);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_factor_that_is_none_is_refused(double factor)
    {
        var state = new FeatureState(FeaturePipeline.PriceV1);
        Assert.Throws<ArgumentException>(() => state.Rescale(factor, 1));
        Assert.Throws<ArgumentException>(() => state.Rescale(1, factor));
    }

    [Fact]
    public void A_bar_allocates_nothing()
    {
        var bars = SampleBars.Walk(3, 300);
        var state = new FeatureState(FeaturePipeline.PriceV1);
        var features = new float[17];
        var inputs = new double[4];
        Feed(100);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Feed(300);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Feed(int count)
        {
            for (var i = 0; i < count; i++)
            {
                state.Add(bars[i]);
                state.CopyFeatures(features);
                state.CopyVolatilityInputs(inputs);
            }
        }
    }

    static void AssertFinite(FeatureState state)
    {
        Assert.All(SampleBars.Features(state), feature => Assert.InRange(feature, -4f, 4f));
        var inputs = new double[4];
        state.CopyVolatilityInputs(inputs);
        Assert.All(inputs, input => Assert.True(double.IsFinite(input)));
        Assert.True(double.IsFinite(state.Scale) && state.Scale >= 1e-4 && double.IsFinite(state.RangeVolatility));
    }

    static BarInput Scaled(BarInput bar, double price, double volume) => bar with
    {
        Open = bar.Open * price,
        High = bar.High * price,
        Low = bar.Low * price,
        Close = bar.Close * price,
        Volume = bar.Volume * volume,
    };
}
