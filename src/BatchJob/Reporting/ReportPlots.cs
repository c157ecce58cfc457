using System.Globalization;
using Kafka.Stock.Contracts;

namespace Kafka.Stock.BatchJob;

/// <summary>The plots of a report.</summary>
static class ReportPlots
{
    const int RollingDays = 250;
    const int SmoothedDays = 21;
    const int LastForecasts = 252;
    const double ShownLevel = 0.9;

    /// <summary>Class of the place of a strategy or level in its list.</summary>
    public static string Style(int place) => string.Create(CultureInfo.InvariantCulture, $"c{place % 8}");

    /// <summary>Rolling MASE of every strategy against no change.</summary>
    public static string Mase(DailySums sums, string served)
    {
        var lines = sums.Strategies.Select((_, s) => sums.RollingMase(s, RollingDays)).ToArray();
        var plot = Over(sums, "MASE of the last 250 trading days (below 1 beats no change)",
            lines.SelectMany(line => line).Append(1), "0.000");
        plot.Rule(1, "no change");
        for (var s = 0; s < lines.Length; s++) plot.Line(
            Style(s) + (sums.Strategies[s] == served ? " served" : ""), sums.Strategies[s], sums.TimesUs, lines[s]);
        return plot.ToHtml();
    }

    /// <summary>Rolling coverage of the strategy served, at every level.</summary>
    public static string Coverage(DailySums sums)
    {
        var lines = sums.Levels.Select((_, level) => sums.RollingCoverage(level, RollingDays)).ToArray();
        var plot = Over(
            sums, "Coverage of the served intervals over the last 250 trading days, and what they promise",
            lines.SelectMany(line => line).Concat(sums.Levels), "0 %");
        for (var level = 0; level < lines.Length; level++)
        {
            plot.Rule(sums.Levels[level], Percent(sums.Levels[level]) + " promised");
            plot.Line(Style(level + 1), Percent(sums.Levels[level]), sums.TimesUs, lines[level]);
        }

        return plot.ToHtml();
    }

    /// <summary>Coverage of the strategy served by calendar year, pooled: a dot a year and level.</summary>
    public static string CoverageByYear(Report report, string interval, string served)
    {
        List<ReportRow> rows =
        [
            .. report.Rows.Where(row => row.Interval == interval && row is { Series: ReportRow.Pooled, Period: not ReportRow.WholeRange }
                && row.Strategy == served),
        ];
        if (rows.Count == 0) return "";
        double[] times = [.. rows.Select(row => MiddleOf(row.Period))];
        var margin = 183 * 86_400e6;
        var plot = new SvgPlot(
            "Coverage by calendar year", times.Min() - margin, times.Max() + margin, rows.Select(row => row.Coverage ?? double.NaN)
                .Concat(rows.Select(row => row.Level)), "0 %");
        foreach (var (place, level) in rows.Select(row => row.Level).Distinct().Index())
        {
            plot.Rule(level, Percent(level) + " promised");
            plot.Dots(
                Style(place + 1), Percent(level), rows.Where(row => row.Level == level).Select(row => (
                    MiddleOf(row.Period), row.Coverage ?? double.NaN,
                    string.Create(CultureInfo.InvariantCulture, $"{row.Period}: {row.Coverage:P1} of {row.Rows} rows"))), radius: 5);
        }

        return plot.ToHtml();
    }

    /// <summary>Mean weight of each expert over the series.</summary>
    public static string Weights(DailySums sums)
    {
        var lines = sums.Strategies.Select((_, s) => sums.RollingWeight(s, SmoothedDays)).ToArray();
        int[] experts = [.. lines.Index().Where(line => line.Item.Any(weight => weight > 0)).Select(line => line.Index)];
        if (experts.Length == 0) return "";
        var plot = Over(sums, "Weights of the experts in the aggregate, mean over the series",
            experts.SelectMany(s => lines[s]).Append(0), "0 %");
        foreach (var s in experts) plot.Line(Style(s), sums.Strategies[s], sums.TimesUs, lines[s]);
        return plot.ToHtml();
    }

    /// <summary>Retrains, promoted or not, and drift alarms over time, on top of the loss difference that decided.</summary>
    public static string Events(DailySums sums, ForecastJournal journal, string interval, ReportOptions options)
    {
        var decisions = journal.Decisions.Where(decision => decision.Interval == interval
            && options.Includes(options.DayOf(decision.DecidedAtUs))).ToList();
        var alarms = journal.Alarms
            .Where(alarm => alarm.Series.Interval == interval && options.Includes(options.DayOf(alarm.AtUs))).ToList();
        if (decisions.Count + alarms.Count == 0) return "";
        var times = sums.TimesUs;
        var fromUs = Math.Min(times[0], decisions.Select(decision => (double)decision.DecidedAtUs).FirstOrDefault(times[0]));
        var plot = new SvgPlot(
            "Retrains: upper bound of the candidate's loss less the champion's, and drift alarms",
            fromUs, times[^1], decisions.SelectMany(
                decision => new[] { decision.VersusChampionUpper ?? double.NaN, decision.Margin ?? double.NaN })
                .Append(0), "0.000");
        plot.Uprights("alarm", "drift alarm", alarms.Select(alarm => ((double)alarm.AtUs, Words(alarm))));
        plot.Rule(0, "as good as the champion");
        plot.Line("margin", "margin", [.. decisions.Select(decision => (double)decision.DecidedAtUs)],
            [.. decisions.Select(decision => decision.Margin ?? double.NaN)]);
        plot.Dots("c2", "promoted", Dots(decisions.Where(decision => decision.Promoted)), radius: 3.5);
        plot.Dots("miss", "refused", Dots(decisions.Where(decision => !decision.Promoted)), radius: 3.5);
        return plot.ToHtml();
    }

    /// <summary>The last year of a series: forecast and interval of the strategy served against what came.</summary>
    public static string LastYear(SeriesJournal series, ReportOptions options)
    {
        int[] rows = [.. ScoredRows.Of(series, options with { FirstBar = 1 }).Select(row => row.At).TakeLast(LastForecasts)];
        if (rows.Length == 0) return "";
        var served = series.Columns.First(columns => columns.Strategy == series.Served);
        var level = series.Levels.Index().MinBy(item => Math.Abs(item.Item - ShownLevel)).Index;
        double[] times = [.. rows.Select(at => (double)series.TargetEndUs[at])];
        double[] lower = [.. rows.Select(at => served.Lowers(level)[at] * series.RescaledCloses[at] / series.LastCloses[at])];
        double[] upper = [.. rows.Select(at => served.Uppers(level)[at] * series.RescaledCloses[at] / series.LastCloses[at])];
        double[] actual = [.. rows.Select(at => series.ActualCloses[at])];
        double[] predicted = [.. rows.Select(at => served.PredictedCloses[at] * series.RescaledCloses[at] / series.LastCloses[at])];
        var plot = new SvgPlot(
            $"{series.Series}: {series.Served} against what came, interval of {Percent(series.Levels[level])}",
            times[0], times[^1], actual.Concat(lower).Concat(upper), "0.##", height: 300);
        plot.Band("c1", "interval", times, lower, upper);
        plot.Line("c1", "forecast", times, predicted);
        plot.Line("actual", "close", times, actual);
        plot.Words(Enumerable.Range(0, rows.Length).Select(i => (times[i], actual[i], Told(i))));
        plot.Dots("miss", "outside the interval", Enumerable.Range(0, rows.Length)
            .Where(i => actual[i] < lower[i] || actual[i] > upper[i]).Select(i => (times[i], actual[i], Told(i))));
        return plot.ToHtml();

        string Told(int i) => string.Create(
            CultureInfo.InvariantCulture,
            $"{options.DayOf(series.TargetEndUs[rows[i]]):yyyy-MM-dd}: {actual[i]:0.####}, "
                + $"forecast {predicted[i]:0.####} [{lower[i]:0.####}, {upper[i]:0.####}]");
    }

    static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{100 * share:0.##} %");

    static SvgPlot Over(DailySums sums, string title, IEnumerable<double> values, string format)
    {
        var times = sums.TimesUs;
        return new SvgPlot(title, times[0], times[^1], values, format);
    }

    static double MiddleOf(string year) => DailySums.TimeUs(new DateOnly(int.Parse(year, CultureInfo.InvariantCulture), 7, 1));

    static IEnumerable<(double X, double Y, string Words)> Dots(IEnumerable<RetrainDecision> decisions) =>
        decisions.Select(decision => ((double)decision.DecidedAtUs, decision.VersusChampionUpper ?? 0, Words(decision)));

    static string Words(RetrainDecision decision) => string.Create(
        CultureInfo.InvariantCulture,
        $"{DateTime.UnixEpoch.AddMicroseconds(decision.DecidedAtUs):yyyy-MM-dd} {decision.Trigger}: {decision.Reason}");

    static string Words(DriftAlarm alarm) => string.Create(
        CultureInfo.InvariantCulture,
        $"{DateTime.UnixEpoch.AddMicroseconds(alarm.AtUs):yyyy-MM-dd} {alarm.Series} {alarm.Detector}: "
            + $"mean loss {alarm.Before:0.###} to {alarm.After:0.###}");
}
