namespace Kafka.Stock.BatchJob;

/// <summary>What the plots over time show: sums over the scored rows of an interval by trading day.</summary>
sealed class DailySums
{
    readonly SortedDictionary<DateOnly, Day> _days = [];

    DailySums(IReadOnlyList<string> strategies, IReadOnlyList<double> levels) => (Strategies, Levels) = (strategies, levels);

    public IReadOnlyList<string> Strategies { get; }

    public IReadOnlyList<double> Levels { get; }

    /// <summary>Noon of each day, microseconds since 1970 UTC.</summary>
    public double[] TimesUs => [.. _days.Keys.Select(TimeUs)];

    public int Count => _days.Count;

    /// <summary>First trading day.</summary>
    public DateOnly First => _days.Keys.First();

    /// <summary>Last trading day.</summary>
    public DateOnly Last => _days.Keys.Last();

    /// <summary>The sums of some series of the same strategies and levels.</summary>
    public static DailySums Of(IReadOnlyList<SeriesJournal> series, ReportOptions options)
    {
        var sums = new DailySums([.. series[0].Strategies], series[0].Levels);
        foreach (var one in series)
        {
            foreach (var (at, day) in ScoredRows.Of(one, options)) sums.Add(one, at, day);
        }

        return sums;
    }

    /// <summary>Noon of a day: what stands for it on an axis of time.</summary>
    public static double TimeUs(DateOnly day) =>
        (day.ToDateTime(new TimeOnly(12, 0), DateTimeKind.Utc) - DateTime.UnixEpoch).TotalMicroseconds;

    /// <summary>Sum |error| over sum |return| of the last so many days; NaN before there are as many.</summary>
    public double[] RollingMase(int strategy, int days) => Rolling(days, day => day.Errors[strategy], day => day.Naive);

    /// <summary>Share of hits of the strategy served in the last so many days; NaN before there are as many.</summary>
    public double[] RollingCoverage(int level, int days) => Rolling(days, day => day.Hits[level], day => day.Rows);

    /// <summary>Mean weight of a strategy over the series of each day, smoothed over as many days.</summary>
    public double[] RollingWeight(int strategy, int days) => Rolling(days, day => day.Weights[strategy], day => day.Rows);

    double[] Rolling(int days, Func<Day, double> above, Func<Day, double> below)
    {
        Day[] all = [.. _days.Values];
        var result = new double[all.Length];
        var (top, bottom) = (0.0, 0.0);
        for (var i = 0; i < all.Length; i++)
        {
            top += above(all[i]);
            bottom += below(all[i]);
            if (i >= days) (top, bottom) = (top - above(all[i - days]), bottom - below(all[i - days]));
            result[i] = i >= days - 1 && bottom > 0 ? top / bottom : double.NaN;
        }

        return result;
    }

    void Add(SeriesJournal series, int at, DateOnly date)
    {
        if (!_days.TryGetValue(date, out var day)) _days[date] = day = new Day(Strategies.Count, Levels.Count);
        day.Rows++;
        var actual = series.ActualReturns[at];
        day.Naive += Math.Abs(actual);
        for (var s = 0; s < Strategies.Count; s++)
        {
            var columns = series.Columns[s];
            day.Errors[s] += Math.Abs(actual - columns.PredictedReturns[at]);
            day.Weights[s] += columns.Weights[at];
            if (columns.Strategy != series.Served) continue;
            var rescaled = series.RescaledCloses[at] / series.LastCloses[at];
            for (var level = 0; level < Levels.Count; level++)
            {
                var isMissed = columns.Lowers(level)[at] * rescaled > series.ActualCloses[at]
                    || columns.Uppers(level)[at] * rescaled < series.ActualCloses[at];
                if (!isMissed) day.Hits[level]++;
            }
        }
    }

    sealed class Day(int strategies, int levels)
    {
        public double Rows { get; set; }

        public double Naive { get; set; }

        public double[] Errors { get; } = new double[strategies];

        public double[] Weights { get; } = new double[strategies];

        public double[] Hits { get; } = new double[levels];
    }
}
