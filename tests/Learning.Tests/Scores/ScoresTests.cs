namespace Kafka.Stock.Learning.Tests;

/// <summary>PointScores, IntervalScores, RollingSum and DriftForecaster against the same sums written with lists.</summary>
public sealed class ScoresTests
{
    static readonly double[] s_actual = [0.01, -0.02, 0.0, 0.03, -0.01];
    static readonly double[] s_predicted = [0.02, 0.01, 0.01, 0.01, 0.0];

    [Fact]
    public void Point_scores_are_the_sums_of_their_definitions()
    {
        var scores = new PointScores();
        for (var i = 0; i < 5; i++) scores.Add(s_predicted[i], s_actual[i]);
        Assert.Equal(5, scores.Count);
        Assert.Equal(0.08 / 5, scores.Mae!.Value, 1e-15);
        Assert.Equal(0.08 / 0.07, scores.Mase!.Value, 1e-12);
        Assert.Equal(Math.Sqrt(0.0016 / 5), scores.Rmse!.Value, 1e-15);
        Assert.Equal(1 - 0.0016 / 0.0015, scores.RSquared!.Value, 1e-12);
        Assert.Equal((2, 3), (scores.DirectionHits, scores.DirectionCount));
    }

    [Fact]
    public void Without_scores_or_moves_a_ratio_is_null()
    {
        var scores = new PointScores();
        Assert.Null(scores.Mae);
        Assert.Null(scores.Rmse);
        scores.Add(0, 0);
        scores.Add(double.NaN, 1);
        scores.Add(1, double.PositiveInfinity);
        Assert.Equal(1, scores.Count);
        Assert.Null(scores.Mase);
        Assert.Null(scores.RSquared);
        Assert.Null(scores.DirectionalAccuracy);
    }

    [Fact]
    public void The_naive_forecast_has_a_mase_of_exactly_1()
    {
        var scores = new PointScores();
        foreach (var actual in s_actual) scores.Add(0, actual);
        Assert.Equal(1.0, scores.Mase);
    }

    [Fact]
    public void Pooled_scores_are_those_of_all_rows()
    {
        var (a, b, all) = (new PointScores(), new PointScores(), new PointScores());
        for (var i = 0; i < 5; i++)
        {
            (i < 2 ? a : b).Add(s_predicted[i], s_actual[i]);
            all.Add(s_predicted[i], s_actual[i]);
        }

        a.Add(b);
        Assert.Equal(all.Mase!.Value, a.Mase!.Value, 1e-15);
        Assert.Equal(all.Count, a.Count);
    }

    [Fact]
    public void Winkler_is_width_and_distance_outside_over_alpha()
    {
        var scores = new IntervalScores(0.9);
        Assert.Equal(0.2, scores.Add(-0.1, 0.1, BandKind.Bounded, 0.05)!.Value, 1e-15);
        Assert.Equal(0.2 + 20 * 0.05, scores.Add(-0.1, 0.1, BandKind.Bounded, 0.15)!.Value, 1e-12);
        Assert.Equal(0.2 + 20 * 0.1, scores.Add(-0.1, 0.1, BandKind.Warming, -0.2)!.Value, 1e-12);
        Assert.Equal(20 * 0.05, scores.Add(0.1, 0.1, BandKind.Empty, 0.15)!.Value, 1e-12);
        Assert.Null(scores.Add(double.NaN, double.NaN, BandKind.Unbounded, 0.15));
        Assert.Equal((5, 2, 1, 1), (scores.Count, scores.Hits, scores.Unbounded, scores.Empty));
        Assert.Equal(0.4, scores.Coverage!.Value, 1e-15);
        Assert.Equal((0.2 + 1.2 + 2.2 + 1.0) / 4, scores.MeanWinkler!.Value, 1e-12);
    }

    [Fact]
    public void Bounds_belong_to_the_interval()
    {
        var scores = new IntervalScores(0.9);
        scores.Add(-0.1, 0.1, BandKind.Bounded, 0.1);
        scores.Add(0.1, 0.1, BandKind.Empty, 0.1);
        Assert.Equal(2, scores.Hits);
    }

    [Fact]
    public void Pinball_loss_is_least_at_the_quantile()
    {
        double[] values = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
        var best = values.MinBy(q => values.Sum(value => IntervalScores.Pinball(q, value, 0.75)));
        Assert.Equal(8, best);
        Assert.Equal(0.75 * 2, IntervalScores.Pinball(1, 3, 0.75), 1e-15);
        Assert.Equal(0.25 * 2, IntervalScores.Pinball(3, 1, 0.75), 1e-15);
    }

    [Fact]
    public void A_rolling_sum_is_that_of_the_last_numbers_and_forgets_a_huge_one()
    {
        var sum = new RollingSum(7);
        var values = new List<double>();
        for (var i = 0u; i < 200; i++)
        {
            var value = i == 60 ? 1e20 : new KeyedRandom(1, 1, 1).Uniform(i);
            sum.Add(value);
            sum.Add(double.NaN);
            values.Add(value);
            if (i is < 60 or > 75) Assert.Equal(values.TakeLast(7).Sum(), sum.Sum, 1e-12);
            Assert.Equal(Math.Min((int)i + 1, 7), sum.Count);
        }
    }

    [Fact]
    public void Drift_is_a_mean_that_a_thousand_rows_of_nothing_hold_back()
    {
        var drift = new DriftForecaster();
        Assert.Equal(0.0, drift.Value);
        drift.Add(3);
        drift.Add(-1);
        drift.Add(99); // clipped to 5
        drift.Add(double.NaN); // left out
        Assert.Equal(7.0 / 1003, drift.Value, 1e-15);
        Assert.Equal(3, drift.Count);
    }

    [Fact]
    public void Windows_and_levels_that_are_none_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new RollingSum(0));
        Assert.Throws<ArgumentException>(() => new IntervalScores(1));
        Assert.Throws<ArgumentException>(() => new IntervalScores(double.NaN));
    }
}
