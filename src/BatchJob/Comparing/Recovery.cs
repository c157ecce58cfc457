using Kafka.Stock.Contracts;
using Kafka.Stock.Trainer;

namespace Kafka.Stock.BatchJob;

/// <summary>How long a strategy needs after a drift alarm until it forecasts as well as before, beside no change.</summary>
/// <remarks>
/// The loss is what a strategy loses in excess of no change on the same row: (|error| - |error of naive|) / scale. The market's own
/// turmoil is in both and falls out; naive is at 0 throughout and needs 0 bars. The level before an alarm is the mean of 250
/// forecasts that end 21 bars before it: the last ones are what raised it. A strategy has recovered where 21 forecasts in a row
/// begin, all made since the alarm, whose mean is at most that level and one standard error of a mean of 21 (by the deviation of
/// the 250). Alarms of a series within 21 bars of a counted one belong to it.
/// </remarks>
/// <param name="Alarms">Alarms with 271 forecasts before them and 21 since, all labelled.</param>
/// <param name="Unrecovered">Those of them after which no such 21 forecasts came until the data end.</param>
/// <param name="MeanBars">Mean bars from an alarm to the first of the 21, over those that came; null without one.</param>
sealed record Recovery(int Alarms, int Unrecovered, double? MeanBars)
{
    /// <summary>Forecasts whose mean says that a strategy has recovered.</summary>
    public const int RecentBars = 21;

    /// <summary>Forecasts whose mean is the level before an alarm.</summary>
    public const int BeforeBars = 250;

    /// <summary>After all alarms of an interval that lie in the scored range.</summary>
    public static Recovery Of(ForecastJournal journal, string interval, string strategy, ReportOptions scored)
    {
        List<int> bars = [];
        var unrecovered = 0;
        foreach (var series in journal.Series.Where(series => series.Series.Interval == interval && series.Count > 0))
        {
            var excess = Excess(series, strategy, scored, out var madeAtUs);
            foreach (var start in Starts(journal, series.Series, madeAtUs, scored))
            {
                if (BarsFrom(excess, start) is { } taken) bars.Add(taken);
                else unrecovered++;
            }
        }

        return new(bars.Count + unrecovered, unrecovered, bars.Count > 0 ? bars.Average() : null);
    }

    /// <summary>Loss beyond that of no change, in units of the scale, of every forecast that has its label.</summary>
    static double[] Excess(SeriesJournal series, string strategy, ReportOptions scored, out long[] madeAtUs)
    {
        var naive = series.Columns.First(one => one.Strategy == Strategies.Naive);
        var columns = series.Columns.First(one => one.Strategy == strategy);
        List<double> excess = [];
        List<long> times = [];
        foreach (var (at, _) in ScoredRows.Of(series, new ReportOptions { FirstBar = 1, To = scored.To, Calendar = scored.Calendar }))
        {
            var actual = series.ActualReturns[at];
            excess.Add(
                (Math.Abs(actual - columns.PredictedReturns[at]) - Math.Abs(actual - naive.PredictedReturns[at])) / series.Scales[at]);
            times.Add(series.MadeAtUs[at]);
        }

        madeAtUs = [.. times];
        return [.. excess];
    }

    /// <summary>Places of the first forecast made since each alarm that counts.</summary>
    static IEnumerable<int> Starts(ForecastJournal journal, SeriesId series, long[] madeAtUs, ReportOptions scored)
    {
        var last = int.MinValue;
        foreach (var alarm in journal.Alarms.Where(alarm => alarm.Series == series).OrderBy(alarm => alarm.AtUs))
        {
            if (!scored.Includes(scored.DayOf(alarm.AtUs))) continue;
            var start = Array.BinarySearch(madeAtUs, alarm.AtUs);
            if (start < 0) start = ~start;
            if (start < BeforeBars + RecentBars || start + RecentBars > madeAtUs.Length) continue;
            if (last >= 0 && start < last + RecentBars) continue;
            last = start;
            yield return start;
        }
    }

    static int? BarsFrom(double[] excess, int start)
    {
        var before = excess.AsSpan(start - RecentBars - BeforeBars, BeforeBars);
        var level = Mean(before);
        var squares = 0.0;
        foreach (var one in before) squares += (one - level) * (one - level);
        var most = level + Math.Sqrt(squares / (BeforeBars - 1) / RecentBars);
        for (var first = start; first + RecentBars <= excess.Length; first++)
        {
            if (Mean(excess.AsSpan(first, RecentBars)) <= most) return first - start;
        }

        return null;
    }

    static double Mean(ReadOnlySpan<double> values)
    {
        var sum = 0.0;
        foreach (var value in values) sum += value;
        return sum / values.Length;
    }
}
