namespace Kafka.Stock.Learning.Tests;

public sealed class MarketReferenceTests
{
    static readonly FeaturePipeline s_pipeline = FeaturePipeline.PriceV1Market;

    [Fact]
    public void Four_features_join_the_seventeen_and_the_fingerprint_is_another()
    {
        string[] market = ["market_return_0", "market_momentum_5", "market_range_surprise", "market_range_trend"];
        Assert.Equal([.. FeaturePipeline.PriceV1.FeatureNames, .. market], s_pipeline.FeatureNames);
        Assert.Equal((21, 6, true), (s_pipeline.Width, s_pipeline.VolatilityInputs, s_pipeline.UsesReference));
        Assert.Equal(8925234637996101567, s_pipeline.Fingerprint);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Features_and_regressors_are_those_of_the_formulas_on_the_references_bars(ulong seed)
    {
        var (own, market) = (SampleBars.Walk(seed, 200), SampleBars.Walk(seed + 50, 200));
        var state = new FeatureState(s_pipeline);
        var inputs = new double[6];
        for (var t = 0; t < own.Length; t++)
        {
            state.AddReference(market[t]);
            state.Add(own[t]);
            if (t < 60) continue;
            var expected = FeatureReference.Features(market, t);
            var found = SampleBars.Features(state);
            Assert.Equal(expected[0], found[17], 1e-5);
            Assert.Equal(expected[5], found[18], 1e-5);
            Assert.Equal(expected[13], found[19], 1e-5);
            Assert.Equal(expected[14], found[20], 1e-5);
            state.CopyVolatilityInputs(inputs);
            var volatility = FeatureReference.VolatilityInputs(market, t);
            Assert.Equal(volatility[0] - volatility[2], inputs[4], 1e-9);
            Assert.Equal(volatility[3], inputs[5], 1e-9);
        }
    }

    [Fact]
    public void The_own_seventeen_are_those_without_a_reference_to_the_bit()
    {
        var (own, market) = (SampleBars.Walk(1, 150), SampleBars.Walk(2, 150));
        var alone = new FeatureState(FeaturePipeline.PriceV1);
        var together = new FeatureState(s_pipeline);
        var (few, many) = (new double[4], new double[6]);
        for (var t = 0; t < own.Length; t++)
        {
            together.AddReference(market[t]);
            together.Add(own[t]);
            alone.Add(own[t]);
            Assert.Equal(SampleBars.Features(alone), SampleBars.Features(together)[..17]);
            alone.CopyVolatilityInputs(few);
            together.CopyVolatilityInputs(many);
            Assert.Equal(few, many[..4]);
        }
    }

    [Fact]
    public void A_reference_that_has_not_begun_or_has_a_holiday_gives_zeros()
    {
        var (own, market) = (SampleBars.Walk(1, 150), SampleBars.Walk(2, 150));
        var state = new FeatureState(s_pipeline);
        for (var t = 0; t < own.Length; t++)
        {
            var isThere = t >= 80 && t % 10 != 3;
            if (isThere) state.AddReference(market[t]);
            state.Add(own[t]);
            var features = SampleBars.Features(state);
            var inputs = new double[6];
            state.CopyVolatilityInputs(inputs);
            Assert.All(features, feature => Assert.InRange(feature, -4f, 4f));
            Assert.All(inputs, input => Assert.True(double.IsFinite(input)));
            if (!isThere) Assert.Equal([0f, 0f, 0f, 0f], features[17..]);
            if (!isThere) Assert.Equal([0.0, 0.0], inputs[4..]);
            if (isThere && t > 90) Assert.DoesNotContain(0f, features[17..]);
        }
    }

    [Fact]
    public void A_reference_bar_without_a_bar_of_the_series_enters_the_next_ones_mean()
    {
        var (own, market) = (SampleBars.Walk(1, 120), SampleBars.Walk(2, 120));
        var state = new FeatureState(s_pipeline);
        for (var t = 0; t < own.Length; t++)
        {
            state.AddReference(market[t]);
            if (t % 7 != 2) state.Add(own[t]);
        }

        Assert.Equal(FeatureReference.Features(market, 119)[5], SampleBars.Features(state)[18], 1e-5);
    }

    [Fact]
    public void The_reference_may_be_the_series_itself()
    {
        var bars = SampleBars.Walk(3, 120);
        var state = new FeatureState(s_pipeline);
        foreach (var bar in bars)
        {
            state.AddReference(bar);
            state.Add(bar);
        }

        var features = SampleBars.Features(state);
        Assert.Equal([features[0], features[5], features[13], features[14]], features[17..]);
    }

    [Theory]
    [InlineData(70)]
    [InlineData(118)]
    public void Reference_bars_after_t_change_no_feature_up_to_t(int t)
    {
        var (own, market) = (SampleBars.Walk(1, 120), SampleBars.Walk(2, 120));
        var before = Run(own, market);
        for (var i = t + 1; i < market.Length; i++) market[i] = market[i] with { Open = 1, High = 9, Low = 0.5, Close = 3 };
        var after = Run(own, market);
        for (var i = 0; i <= t; i++) Assert.Equal(before[i], after[i]);
        Assert.NotEqual(before[t + 1], after[t + 1]);
    }

    [Fact]
    public void A_split_of_the_series_leaves_the_reference_alone()
    {
        var (own, market) = (SampleBars.Walk(1, 100), SampleBars.Walk(2, 100));
        var state = new FeatureState(s_pipeline);
        for (var t = 0; t < own.Length; t++)
        {
            state.AddReference(market[t]);
            state.Add(own[t]);
        }

        var before = SampleBars.Features(state);
        state.Rescale(0.5, 2);
        Assert.Equal(before[17..], SampleBars.Features(state)[17..]);
    }

    [Fact]
    public void A_bar_out_of_order_is_refused_and_changes_nothing()
    {
        var (own, market) = (SampleBars.Walk(1, 80), SampleBars.Walk(2, 80));
        var state = new FeatureState(s_pipeline);
        for (var t = 0; t < own.Length; t++)
        {
            state.AddReference(market[t]);
            state.Add(own[t]);
        }

        var before = SampleBars.Features(state);
        Assert.Equal(market[79].EndUs, state.ReferenceEndUs);
        Assert.Throws<ArgumentException>(() => state.AddReference(market[79]));
        Assert.Throws<ArgumentException>(() => state.AddReference(market[79] with { EndUs = market[79].EndUs + 1, Close = -1 }));
        Assert.Equal(before, SampleBars.Features(state));
        Assert.Throws<InvalidOperationException>(() => new FeatureState(FeaturePipeline.PriceV1).AddReference(market[0]));
    }

    [Fact]
    public void A_copy_goes_on_as_the_original_would_and_leaves_it_alone()
    {
        var (own, market) = (SampleBars.Walk(1, 120), SampleBars.Walk(2, 120));
        var (state, copy) = (new FeatureState(s_pipeline), new FeatureState(s_pipeline));
        copy.Add(own[7]);
        for (var t = 0; t < 119; t++)
        {
            state.AddReference(market[t]);
            state.Add(own[t]);
        }

        var before = SampleBars.Features(state);
        copy.CopyFrom(state);
        copy.AddReference(market[119]);
        copy.Add(own[119]);
        Assert.Equal(before, SampleBars.Features(state));
        Assert.Equal(Run(own, market)[^1], SampleBars.Features(copy));
        Assert.Throws<ArgumentException>(() => copy.CopyFrom(new FeatureState(FeaturePipeline.PriceV1)));

        var allocated = GC.GetAllocatedBytesForCurrentThread();
        copy.CopyFrom(state);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - allocated);
    }

    /// <summary>The log-HAR scale takes the two further regressors: where the reference's volatility leads, it forecasts better.</summary>
    [Fact]
    public void The_volatility_scale_learns_from_the_reference()
    {
        var random = new KeyedRandom(1, 2, 3);
        var (with, without) = (new VolatilityScale(6), new VolatilityScale(4));
        var (lossWith, lossWithout, last) = (0.0, 0.0, 0.0);
        for (var row = 0u; row < 1500; row++)
        {
            var label = PortableMath.Exp(-4 + last + 0.1 * (random.Uniform(2 * row) - 0.5));
            var market = 2 * random.Uniform(2 * row + 1) - 1;
            last = market;
            var (a, b) = (with.Step([-4, -4, -4, 0, market, 0], label, 0.02), without.Step([-4, -4, -4, 0], label, 0.02));
            if (row <= 500) continue;
            lossWith += Math.Abs(Math.Log(a) + 4 - market);
            lossWithout += Math.Abs(Math.Log(b) + 4 - market);
        }

        Assert.True(lossWith < 0.1 * lossWithout, $"{lossWith} and {lossWithout}");
        Assert.Throws<ArgumentException>(() => with.Step([0, 0, 0, 0], 0.01, 0.01));
    }

    [Fact]
    public void Names_as_users_write_them_find_the_form_with_and_without_a_reference()
    {
        Assert.Same(FeaturePipeline.PriceV1, FeaturePipeline.Find("price-v1", withReference: false));
        Assert.Same(FeaturePipeline.PriceV1Market, FeaturePipeline.Find("price-v1", withReference: true));
        Assert.Same(FeaturePipeline.SeedV1, FeaturePipeline.Find("seed-v1", withReference: false));
        Assert.Null(FeaturePipeline.Find("seed-v1", withReference: true));
        Assert.Null(FeaturePipeline.Find("price-v2", withReference: false));
        Assert.Equal(FeaturePipeline.All.Count, FeaturePipeline.All.Select(pipeline => pipeline.Fingerprint).Distinct().Count());
    }

    static float[][] Run(BarInput[] own, BarInput[] market)
    {
        var state = new FeatureState(s_pipeline);
        return [.. own.Zip(market, (bar, reference) =>
        {
            state.AddReference(reference);
            state.Add(bar);
            return SampleBars.Features(state);
        })];
    }
}
