namespace Kafka.Stock.Learning.Tests;

/// <summary>A known defect of hand-made systems: the average of 30 rows is taken over the rows at hand, and online these are the four of a
/// micro-batch: the model is fed another feature than it was trained on.</summary>
public sealed class ThirtyRowAverageOverFourRowsTests
{
    const int BatchRows = 4;

    [Fact]
    public void The_mistake_serves_another_feature_than_training_saw()
    {
        var closes = Closes();
        var misses = Enumerable.Range(100, 200).Select(t =>
        {
            Span<int> ages = stackalloc int[BatchRows - 1];
            ReplaySampler.Draw(new KeyedRandom(1, 2, (ulong)t), t, ages.Length, 0.01, ages);
            double[] batch = [closes[t], .. ages.ToArray().Select(age => closes[t - 1 - age])];
            return Math.Abs(batch.Average() / Table(closes, t) - 1);
        }).ToArray();
        Assert.True(misses.Average() > 0.01, $"{misses.Average():P} off");
    }

    [Fact]
    public void Ours_is_the_tables_average_at_every_bar()
    {
        var closes = Closes();
        var state = new FeatureState(FeaturePipeline.SeedV1);
        var column = FeaturePipeline.SeedV1.FeatureNames.ToList().IndexOf("30_day_ma_close");
        for (var t = 0; t < closes.Length; t++)
        {
            state.Add(SampleBars.Walk(3, 300)[t]);
            Assert.Equal(Table(closes, t), state.History.MeanClose(), 1e-9);
            Assert.Equal((float)state.History.MeanClose(), SampleBars.Features(state)[column]);
        }
    }

    /// <summary>As a table gives it that holds the whole history.</summary>
    static double Table(double[] closes, int t) => closes[Math.Max(0, t - 29)..(t + 1)].Average();

    static double[] Closes() => [.. SampleBars.Walk(3, 300).Select(bar => bar.Close)];
}
