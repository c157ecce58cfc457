namespace Kafka.Stock.Learning;

/// <summary>Does a model that contains the benchmark add anything? (Clark and West 2007.) Unlike the plain difference of squared errors it
/// doesn't punish the model for the noise of parameters that would be 0 under the benchmark.</summary>
public static class ClarkWest
{
    /// <summary>One-sided test that the model has no skill beyond the benchmark.</summary>
    /// <param name="actual">What came, in order of time, finite.</param>
    /// <param name="benchmark">Forecasts of the smaller model.</param>
    /// <param name="model">Forecasts of the larger model.</param>
    /// <param name="lag">Newey-West lag, horizon - 1 or more.</param>
    /// <returns>Mean adjusted difference of squared errors, its statistic, and the p-value by the normal distribution.</returns>
    /// <exception cref="ArgumentException">The lengths differ, the lag is negative or a number isn't finite.</exception>
    /// <remarks>Allocates one array.</remarks>
    public static SkillResult Test(ReadOnlySpan<double> actual, ReadOnlySpan<double> benchmark, ReadOnlySpan<double> model, int lag)
    {
        if (benchmark.Length != actual.Length || model.Length != actual.Length)
            throw new ArgumentException($"expected {actual.Length} forecasts of each", nameof(model));

        var adjusted = new double[actual.Length];
        for (var t = 0; t < adjusted.Length; t++)
        {
            var small = actual[t] - benchmark[t];
            var large = actual[t] - model[t];
            var apart = benchmark[t] - model[t];
            adjusted[t] = small * small - (large * large - apart * apart);
        }

        var test = MeanTest.Of(adjusted, lag);
        return test.Count < 2 || test.StandardError == 0
            ? new SkillResult(test.Count, test.Mean, 0.0, 1.0)
            : new SkillResult(test.Count, test.Mean, test.Statistic, NormalDistribution.Cumulative(-test.Statistic));
    }
}
