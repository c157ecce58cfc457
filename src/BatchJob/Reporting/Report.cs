using System.Globalization;

namespace Kafka.Stock.BatchJob;

/// <summary>The scores of a journal: per series and pooled per interval, per calendar year and over the whole range.</summary>
public sealed class Report
{
    Report(IReadOnlyList<ReportRow> rows) => Rows = rows;

    /// <summary>By interval; pooled before the series; the years before the whole range; then by strategy and level.</summary>
    public IReadOnlyList<ReportRow> Rows { get; }

    /// <summary>Scores a journal.</summary>
    /// <param name="journal">What was forecast, and what came.</param>
    /// <param name="options">Which forecasts.</param>
    /// <param name="horizon">Bars from a forecast to its label.</param>
    public static Report Of(ForecastJournal journal, ReportOptions options, int horizon = 1)
    {
        List<ReportRow> rows = [];
        var intervals = journal.Series.Where(series => series.Count > 0)
            .GroupBy(series => series.Series.Interval).OrderBy(group => group.Key, StringComparer.Ordinal);
        foreach (var interval in intervals)
        {
            var pooled = new SortedDictionary<string, ReportCell>(StringComparer.Ordinal);
            List<ReportRow> ofSeries = [];
            foreach (var series in interval)
            {
                var cells = Cells(series, options);
                foreach (var (period, cell) in cells)
                {
                    ofSeries.AddRange(cell.ToRows(interval.Key, series.Series.ToString(), period, horizon));
                    if (!pooled.TryGetValue(period, out var all)) pooled[period] = all = new ReportCell(cell.Strategies, cell.Levels);
                    all.Add(cell);
                }
            }

            foreach (var (period, cell) in pooled) rows.AddRange(cell.ToRows(interval.Key, ReportRow.Pooled, period, horizon));
            rows.AddRange(ofSeries);
        }

        return new Report(rows);
    }

    /// <summary>The one row of a scope; null where there is none.</summary>
    public ReportRow? Find(string interval, string series, string period, string strategy, double level) => Rows.FirstOrDefault(row =>
        row.Interval == interval && row.Series == series && row.Period == period && row.Strategy == strategy && row.Level == level);

    /// <summary>The cells of a series by period; <c>all</c> sorts behind the years.</summary>
    static SortedDictionary<string, ReportCell> Cells(SeriesJournal series, ReportOptions options)
    {
        var cells = new SortedDictionary<string, ReportCell>(StringComparer.Ordinal);
        var baselines = BaselineBands.Of(series);
        string[] strategies = [.. series.Strategies];
        foreach (var (at, day) in ScoredRows.Of(series, options))
        {
            foreach (var period in (string[])[ReportRow.WholeRange, day.Year.ToString("0000", CultureInfo.InvariantCulture)])
            {
                if (!cells.TryGetValue(period, out var cell)) cells[period] = cell = new ReportCell(strategies, series.Levels);
                cell.Add(series, at, baselines, day.DayNumber);
            }
        }

        return cells;
    }
}
