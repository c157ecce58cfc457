namespace Kafka.Stock.Learning;

/// <summary>The mean of a series of differences and how well it is known.</summary>
/// <param name="Count">Differences.</param>
/// <param name="Mean">Their mean; 0 where there are none.</param>
/// <param name="StandardError">Root of the long-run variance over their number; 0 where all are equal.</param>
public readonly record struct MeanTest(int Count, double Mean, double StandardError)
{
    /// <summary>Mean over standard error; 0 where both are 0.</summary>
    public double Statistic => StandardError > 0 ? Mean / StandardError : Mean == 0 ? 0.0 : Math.Sign(Mean) * double.MaxValue;

    /// <summary>Mean and Newey-West standard error (Newey and West 1987, Bartlett weights).</summary>
    /// <param name="differences">In order of time, finite.</param>
    /// <param name="lag">Autocovariances taken in, 0 to count - 1; a larger one is cut.</param>
    /// <exception cref="ArgumentException">The lag is negative or a difference isn't finite.</exception>
    public static MeanTest Of(ReadOnlySpan<double> differences, int lag)
    {
        if (lag < 0) throw new ArgumentException("expected a lag not below 0", nameof(lag));
        var count = differences.Length;
        if (count == 0) return default;
        var sum = 0.0;
        foreach (var difference in differences) sum += difference;
        if (!double.IsFinite(sum)) throw new ArgumentException("expected finite differences", nameof(differences));
        var mean = sum / count;
        var variance = Autocovariance(differences, mean, 0);
        lag = Math.Min(lag, count - 1);
        for (var k = 1; k <= lag; k++) variance += 2.0 * (1.0 - k / (lag + 1.0)) * Autocovariance(differences, mean, k);
        return new MeanTest(count, mean, Math.Sqrt(Math.Max(variance, 0.0) / count));
    }

    /// <summary>The mean is below this with the given confidence, by the normal distribution; one-sided.</summary>
    public double UpperBound(double confidence) => Mean + NormalDistribution.Quantile(confidence) * StandardError;

    static double Autocovariance(ReadOnlySpan<double> values, double mean, int lag)
    {
        var sum = 0.0;
        for (var t = lag; t < values.Length; t++) sum += (values[t] - mean) * (values[t - lag] - mean);
        return sum / values.Length;
    }
}
