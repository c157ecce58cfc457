using Kafka.Stock.Contracts;

namespace Kafka.Stock.BatchJob;

/// <summary>How long a strategy needs after a drift alarm until it forecasts as well as before.</summary>
/// <remarks>Recovered is the first bar at which the mean |error| in units of the scale of the last 21 forecasts, all made since the
/// alarm, is at most that of the 250 before it; 250 bars where that doesn't come.</remarks>
static class Recovery
{
    const int RecentBars = 21;
    const int BeforeBars = 250;
    const int BarsMax = 250;

    /// <summary>Mean bars over the alarms of an interval; null where there is none with enough bars around it.</summary>
    public static double? MeanBars(ForecastJournal journal, string interval, string strategy)
    {
        List<double> bars = [];
        foreach (var series in journal.Series.Where(series => series.Series.Interval == interval && series.Count > 0))
        {
            var losses = Losses(series, strategy, out var madeAtUs);
            foreach (var alarm in journal.Alarms.Where(alarm => alarm.Series == series.Series))
            {
                if (BarsOf(losses, madeAtUs, alarm) is { } taken) bars.Add(taken);
            }
        }

        return bars.Count > 0 ? bars.Average() : null;
    }

    static double[] Losses(SeriesJournal series, string strategy, out long[] madeAtUs)
    {
        var columns = series.Columns.First(one => one.Strategy == strategy);
        List<double> losses = [];
        List<long> times = [];
        foreach (var (at, _) in ScoredRows.Of(series, new ReportOptions { FirstBar = 1 }))
        {
            losses.Add(Math.Abs(series.ActualReturns[at] - columns.PredictedReturns[at]) / series.Scales[at]);
            times.Add(series.MadeAtUs[at]);
        }

        madeAtUs = [.. times];
        return [.. losses];
    }

    static double? BarsOf(double[] losses, long[] madeAtUs, DriftAlarm alarm)
    {
        var start = Array.BinarySearch(madeAtUs, alarm.AtUs);
        if (start < 0) start = ~start;
        if (start < BeforeBars || start + RecentBars > losses.Length) return null;
        var before = losses.AsSpan(start - BeforeBars, BeforeBars).ToArray().Average();
        for (var end = start + RecentBars; end <= Math.Min(start + BarsMax, losses.Length); end++)
        {
            if (losses.AsSpan(end - RecentBars, RecentBars).ToArray().Average() <= before) return end - start;
        }

        return BarsMax;
    }
}
