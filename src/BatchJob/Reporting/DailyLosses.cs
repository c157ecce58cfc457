using Kafka.Stock.Learning;

namespace Kafka.Stock.BatchJob;

/// <summary>Losses of each strategy by trading day, pooled over series: what tests of skill are made of, since the series of a day
/// aren't independent.</summary>
/// <param name="strategies">Strategies.</param>
/// <param name="naive">Place of the naive one; -1 without one.</param>
sealed class DailyLosses(int strategies, int naive)
{
    /// <summary>Lag of the Newey-West variance, in days: a week.</summary>
    const int Lag = 5;

    readonly SortedDictionary<int, Day> _days = [];

    /// <summary>Takes the errors of a row.</summary>
    /// <param name="day">Day number of its trading day.</param>
    /// <param name="actual">What came, in units of the scale known at the bar.</param>
    /// <param name="predicted">[strategies] what was forecast, in the same unit.</param>
    public void Add(int day, double actual, ReadOnlySpan<double> predicted)
    {
        if (!_days.TryGetValue(day, out var losses)) _days[day] = losses = new Day(strategies);
        losses.Rows++;
        var benchmark = naive < 0 ? 0 : predicted[naive];
        for (var i = 0; i < strategies; i++)
        {
            losses.Absolute[i] += Math.Abs(actual - predicted[i]);
            losses.Adjusted[i] += AdjustedDifference(actual, benchmark, predicted[i]);
        }
    }

    /// <summary>Pools another series or period into this.</summary>
    public void Add(DailyLosses other)
    {
        foreach (var (day, theirs) in other._days)
        {
            if (!_days.TryGetValue(day, out var ours)) _days[day] = ours = new Day(strategies);
            ours.Rows += theirs.Rows;
            for (var i = 0; i < strategies; i++)
            {
                ours.Absolute[i] += theirs.Absolute[i];
                ours.Adjusted[i] += theirs.Adjusted[i];
            }
        }
    }

    /// <summary>Mean loss difference of each day, benchmark - strategy: above 0 where the strategy was better.</summary>
    public double[] Differences(int benchmark, int strategy) =>
        [.. _days.Values.Select(day => (day.Absolute[benchmark] - day.Absolute[strategy]) / day.Rows)];

    /// <summary>Diebold-Mariano with the small-sample correction, two-sided.</summary>
    public double? DieboldMariano(int benchmark, int strategy, int horizon) => benchmark < 0 || benchmark == strategy || _days.Count < 2
        ? null
        : Learning.DieboldMariano.Test(Differences(benchmark, strategy), horizon, Math.Max(Lag, horizon - 1)).PValue;

    /// <summary>Clark-West against the naive strategy, which every other one contains; one-sided.</summary>
    public double? ClarkWest(int strategy, int horizon)
    {
        if (naive < 0 || naive == strategy || _days.Count < 2) return null;
        var adjusted = _days.Values.Select(day => day.Adjusted[strategy] / day.Rows).ToArray();
        var test = MeanTest.Of(adjusted, Math.Max(Lag, horizon - 1));
        return test.StandardError == 0 ? 1 : NormalDistribution.Cumulative(-test.Statistic);
    }

    /// <summary>Evidence that the strategy is better than the benchmark.</summary>
    public EProcess? Evidence(int benchmark, int strategy)
    {
        if (benchmark < 0 || benchmark == strategy) return null;
        var evidence = new EProcess();
        foreach (var difference in Differences(benchmark, strategy)) evidence.Add(difference);
        return evidence;
    }

    static double AdjustedDifference(double actual, double benchmark, double model)
    {
        var (small, large, apart) = (actual - benchmark, actual - model, benchmark - model);
        return (small * small) - ((large * large) - (apart * apart));
    }

    sealed class Day(int strategies)
    {
        public int Rows { get; set; }

        public double[] Absolute { get; } = new double[strategies];

        public double[] Adjusted { get; } = new double[strategies];
    }
}
