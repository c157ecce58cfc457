namespace Kafka.Stock.Learning;

/// <summary>Do two forecasts have the same loss? (Diebold and Mariano 1995, with the small-sample correction of Harvey, Leybourne and
/// Newbold 1997.)</summary>
public static class DieboldMariano
{
    /// <summary>Two-sided test that the mean difference of losses is 0.</summary>
    /// <param name="differences">Loss of the first forecast less that of the second, in order of time, finite; one a day when
    /// pooled.</param>
    /// <param name="horizon">Bars ahead that were forecast, at least 1.</param>
    /// <param name="lag">Newey-West lag, at least horizon - 1.</param>
    /// <returns>Statistic corrected by sqrt((T + 1 - 2h + h(h - 1)/T) / T), p-value by Student's t with T - 1 degrees of freedom.</returns>
    /// <exception cref="ArgumentException">Horizon or lag is out of range, or a difference isn't finite.</exception>
    public static SkillResult Test(ReadOnlySpan<double> differences, int horizon, int lag)
    {
        if (horizon < 1) throw new ArgumentException("expected a horizon of at least 1", nameof(horizon));
        if (lag < horizon - 1) throw new ArgumentException("expected a lag of at least horizon - 1", nameof(lag));
        var test = MeanTest.Of(differences, lag);
        double count = test.Count;
        var correction = (count + 1.0 - 2.0 * horizon + horizon * (horizon - 1.0) / count) / count;
        if (test.Count < 2 || test.StandardError == 0 || !(correction > 0)) return new SkillResult(test.Count, test.Mean, 0.0, 1.0);
        var statistic = test.Statistic * Math.Sqrt(correction);
        return new SkillResult(test.Count, test.Mean, statistic, 2.0 * StudentDistribution.Cumulative(-Math.Abs(statistic), count - 1.0));
    }
}
