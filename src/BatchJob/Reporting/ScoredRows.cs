namespace Kafka.Stock.BatchJob;

/// <summary>Which forecasts of a series count in a report.</summary>
static class ScoredRows
{
    /// <summary>Place and trading day of each forecast that has its label, isn't provisional, lies in the range and was made at or
    /// after the series' first bar to be scored.</summary>
    public static IEnumerable<(int At, DateOnly Day)> Of(SeriesJournal series, ReportOptions options)
    {
        for (var i = 0; i < series.Count; i++)
        {
            if (!series.IsScored(i) || series.Provisionals[i]) continue;
            var bar = series.BarsOfForecasts[i];
            if (bar < 0 || series.BarNumbers[bar] < options.FirstBar) continue;
            var day = options.DayOf(series.MadeAtUs[i]);
            if (options.Includes(day)) yield return (i, day);
        }
    }
}
