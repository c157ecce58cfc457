using System.Security.Cryptography;
using System.Text;

namespace Kafka.Stock.Learning.Tests;

public sealed class FeaturePipelineTests
{
    [Fact]
    public void Price_v1_has_its_seventeen_features_in_their_order() =>
        Assert.Equal(
            "return_0 return_1 return_2 return_3 return_4 momentum_5 momentum_10 momentum_20 momentum_60 night day close_location "
            + "close_to_mean_30 range_surprise range_trend volume_surprise is_friday",
            string.Join(' ', FeaturePipeline.PriceV1.FeatureNames));

    /// <summary>Models and saved states hold this number: if it changes, they are refused.</summary>
    [Fact]
    public void The_fingerprint_is_the_head_of_a_hash_over_name_version_and_names()
    {
        var text = "price-v1\n1\n" + string.Concat(FeaturePipeline.PriceV1.FeatureNames.Select(name => name + "\n"));
        Assert.Equal(BitConverter.ToInt64(SHA256.HashData(Encoding.UTF8.GetBytes(text))), FeaturePipeline.PriceV1.Fingerprint);
        Assert.Equal(8333655998327043754, FeaturePipeline.PriceV1.Fingerprint);
    }

    [Fact]
    public void Name_version_and_order_count_in_the_fingerprint()
    {
        IFeature[] features = [new Counted("a"), new Counted("b")];
        long[] fingerprints =
        [
            new FeaturePipeline("x", 1, features).Fingerprint, new FeaturePipeline("y", 1, features).Fingerprint,
            new FeaturePipeline("x", 2, features).Fingerprint, new FeaturePipeline("x", 1, [features[1], features[0]]).Fingerprint,
        ];
        Assert.Equal(4, fingerprints.Distinct().Count());
    }

    /// <summary>What a user does to add a feature: one class, a place in a list.</summary>
    [Fact]
    public void A_feature_of_ones_own_joins_with_its_own_memory()
    {
        var pipeline = new FeaturePipeline("mine", 1, [new Counted("first"), new Counted("second")]);
        var state = new FeatureState(pipeline);
        foreach (var bar in SampleBars.Walk(1, 3)) state.Add(bar);
        Assert.Equal([3f, 3f], SampleBars.Features(state));
        for (var i = 0; i < 3; i++) state.Add(SampleBars.Walk(1, 3)[i]);
        Assert.Equal([4f, 4f], SampleBars.Features(state));
    }

    [Fact]
    public void A_pipeline_without_features_or_with_twins_is_refused()
    {
        Assert.Throws<ArgumentException>(() => new FeaturePipeline("x", 1, []));
        Assert.Throws<ArgumentException>(() => new FeaturePipeline("x", 1, [new Counted("a"), new Counted("a")]));
    }

    /// <summary>Counts the bars in its memory; clipped to 4 by the pipeline.</summary>
    sealed class Counted(string name) : IFeature
    {
        public string Name => name;

        public int MemoryDoubles => 1;

        public void Update(BarHistory history, Span<double> memory) => memory[0]++;

        public double Value(BarHistory history, ReadOnlySpan<double> memory) => memory[0];
    }
}
