using FsCheck;
using FsCheck.Fluent;

namespace Kafka.Stock.Learning.Tests;

public sealed class PreprocessorTests
{
    [Fact]
    public void A_finite_row_of_scale_free_features_passes_to_the_bit()
    {
        var pipeline = FeaturePipeline.PriceV1;
        var rows = SampleBars.Features(SampleBars.Walk(1, 200));
        Preprocessor[] both = [Preprocessor.Unfitted(pipeline), Preprocessor.Fit(pipeline, [.. rows.SelectMany(row => row)])];
        foreach (var preprocessor in both)
        {
            Assert.Equal(pipeline.Width, preprocessor.OutputWidth);
            Assert.All(rows, row => Assert.Equal(row.Select(BitConverter.SingleToInt32Bits), Bits(preprocessor, row)));
            Assert.Equal(BitConverter.SingleToInt32Bits(-0f), Bits(preprocessor, [-0f, .. new float[16]])[0]);
        }
    }

    [Theory]
    [InlineData(new[] { 3f, 1f, 2f }, 2f)]
    [InlineData(new[] { 4f, 1f, 2f, 3f }, 2.5f)]
    [InlineData(new[] { float.NaN, 7f, float.PositiveInfinity }, 7f)]
    [InlineData(new[] { float.NaN, float.NegativeInfinity }, 0f)]
    public void What_is_missing_becomes_the_median_of_the_finite_values(float[] column, float median)
    {
        var preprocessor = Preprocessor.Fit(PlainPipeline.Of(1), column);
        foreach (var missing in new[] { float.NaN, float.PositiveInfinity, float.NegativeInfinity })
            Assert.Equal([median], Transform(preprocessor, [missing]));
    }

    [Fact]
    public void Numbers_are_standardised_after_imputing()
    {
        float[] column = [10, 20, float.NaN, 60];
        double[] imputed = [10, 20, 20, 60];
        var mean = imputed.Average();
        var deviation = Math.Sqrt(imputed.Average(x => (x - mean) * (x - mean)));
        foreach (var kind in new[] { FeatureKind.Price, FeatureKind.Volume, FeatureKind.Number })
        {
            var preprocessor = Preprocessor.Fit(PlainPipeline.Of(1, kind), column);
            for (var i = 0; i < 4; i++)
                Assert.Equal((imputed[i] - mean) / deviation, Transform(preprocessor, [column[i]])[0], 1e-6);
        }
    }

    [Fact]
    public void A_constant_column_is_only_centred()
    {
        var preprocessor = Preprocessor.Fit(PlainPipeline.Of(1, FeatureKind.Price), [0.1f, 0.1f, 0.1f]);
        Assert.Equal([0f], Transform(preprocessor, [0.1f]));
        Assert.Equal(1f, Transform(preprocessor, [1.1f])[0], 1e-6);
    }

    [Fact]
    public void Categories_get_codes_by_first_appearance_written_in_bits_and_the_unknown_gets_zeros()
    {
        var preprocessor = Preprocessor.Fit(PlainPipeline.Of(FeatureKind.Category), [30, 10, 30, 20, float.NaN, 40]);
        Assert.Equal(3, preprocessor.OutputWidth);
        Assert.Equal([0f, 0f, 1f], Transform(preprocessor, [30]));
        Assert.Equal([0f, 1f, 0f], Transform(preprocessor, [10]));
        Assert.Equal([0f, 1f, 1f], Transform(preprocessor, [20]));
        Assert.Equal([1f, 0f, 0f], Transform(preprocessor, [40]));
        foreach (var unknown in new[] { 50, 0, float.NaN }) Assert.Equal([0f, 0f, 0f], Transform(preprocessor, [unknown]));
    }

    /// <summary>Any number of categories: as many columns as the largest code has bits, and each category its own.</summary>
    [Fact]
    public void Codes_are_as_narrow_as_they_can_be_and_all_different() =>
        Prop.ForAll(Gen.Choose(1, 300).ToArbitrary(), count =>
        {
            float[] column = [.. Enumerable.Range(0, count).Select(i => (float)(count - i))];
            var preprocessor = Preprocessor.Fit(PlainPipeline.Of(FeatureKind.Category), column);
            var codes = column.Select(value => string.Join("", Transform(preprocessor, [value]))).Distinct().Count();
            return codes == count && preprocessor.OutputWidth == Convert.ToString(count, 2).Length;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Columns_stand_in_the_order_of_the_pipeline()
    {
        var pipeline = PlainPipeline.Of(FeatureKind.ScaleFree, FeatureKind.Category, FeatureKind.Price);
        var preprocessor = Preprocessor.Fit(pipeline, [0.5f, 7, 10, -0.5f, 8, 30]);
        Assert.Equal([0.25f, 1f, 0f, 1f], Transform(preprocessor, [0.25f, 8, 30]));
        var encoded = new float[8];
        preprocessor.TransformRows([0.25f, 8, 30, float.NaN, 9, 10], encoded);
        Assert.Equal([0.25f, 1f, 0f, 1f, 0f, 0f, 0f, -1f], encoded);
    }

    [Fact]
    public void Unfitted_it_says_nothing_of_numbers_whose_size_is_unknown()
    {
        var preprocessor = Preprocessor.Unfitted(FeaturePipeline.SeedV1);
        Assert.Equal(12, preprocessor.OutputWidth);
        Assert.All(Transform(preprocessor, SeedPipelineTests.Rows(SeedPipelineTests.Days(3))[^1]), value => Assert.Equal(0f, value));
    }

    [Fact]
    public void Whatever_comes_in_what_goes_out_is_finite() =>
        Prop.ForAll(ArbMap.Default.ArbFor<float[]>(), ArbMap.Default.ArbFor<float>(), (column, value) =>
        {
            if (column.Length == 0) return true;
            FeatureKind[] kinds = [FeatureKind.ScaleFree, FeatureKind.Price, FeatureKind.Number, FeatureKind.Category];
            return kinds.All(kind =>
                Transform(Preprocessor.Fit(PlainPipeline.Of(kind), column), [value]).All(float.IsFinite));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Lengths_that_do_not_belong_together_are_refused()
    {
        var pipeline = PlainPipeline.Of(2);
        Assert.Throws<ArgumentException>(() => Preprocessor.Fit(pipeline, []));
        Assert.Throws<ArgumentException>(() => Preprocessor.Fit(pipeline, new float[3]));
        var preprocessor = Preprocessor.Unfitted(pipeline);
        Assert.Throws<ArgumentException>(() => preprocessor.Transform(new float[1], new float[2]));
        Assert.Throws<ArgumentException>(() => preprocessor.Transform(new float[2], new float[3]));
        Assert.Throws<ArgumentException>(() => preprocessor.TransformRows(new float[4], new float[2]));
        Assert.Throws<ArgumentException>(() => preprocessor.TransformRows(new float[3], new float[2]));
    }

    [Fact]
    public void A_row_allocates_nothing()
    {
        var rows = SeedPipelineTests.Rows(SeedPipelineTests.Days(100));
        var preprocessor = Preprocessor.Fit(FeaturePipeline.SeedV1, [.. rows.SelectMany(row => row)]);
        var encoded = new float[preprocessor.OutputWidth];
        preprocessor.Transform(rows[0], encoded);
        var before = GC.GetAllocatedBytesForCurrentThread();
        foreach (var row in rows) preprocessor.Transform(row, encoded);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    internal static float[] Transform(Preprocessor preprocessor, float[] raw)
    {
        var encoded = new float[preprocessor.OutputWidth];
        preprocessor.Transform(raw, encoded);
        return encoded;
    }

    static int[] Bits(Preprocessor preprocessor, float[] raw) =>
        [.. Transform(preprocessor, raw).Select(BitConverter.SingleToInt32Bits)];
}
