using System.Globalization;
using System.Net;
using Kafka.Stock.Contracts;
using Kafka.Stock.Trainer;

namespace Kafka.Stock.BatchJob;

/// <summary><c>report.html</c>: one self-contained page with tables and plots; it loads nothing from outside and needs no script.</summary>
public static class ReportPage
{
    const double ShownLevel = 0.9;

    /// <summary>Writes the page.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="journal">What was forecast, and what came.</param>
    /// <param name="report">Its scores.</param>
    /// <param name="options">Which forecasts.</param>
    public static void Write(TextWriter writer, ForecastJournal journal, Report report, ReportOptions options)
    {
        writer.Write("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">");
        writer.Write("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
        writer.Write("<title>Kafka.Stock backtest</title>\n<style>\n");
        writer.Write(ReportStyle.Css);
        writer.Write("</style></head>\n<body><main>\n<header><h1>Kafka.Stock backtest</h1><p>");
        writer.Write("Every forecast was made before its target was known. Prices are near a random walk: ");
        writer.Write("the point forecast is worth a fraction ");
        writer.Write("of a percent at best; the intervals are what to look at. Not investment advice.</p></header>\n");
        foreach (var interval in journal.Series.Where(series => series.Count > 0).GroupBy(series => series.Series.Interval)
            .OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            Write(writer, journal, report, options, [.. interval]);
        }

        writer.Write("</main></body></html>\n");
    }

    static void Write(
        TextWriter writer, ForecastJournal journal, Report report, ReportOptions options, IReadOnlyList<SeriesJournal> series)
    {
        var interval = series[0].Series.Interval;
        var served = series[0].Served;
        var sums = DailySums.Of(series, options);
        var level = series[0].Levels.MinBy(level => Math.Abs(level - ShownLevel));
        writer.Write($"<section><h2>Bars of {Encoded(interval)}</h2>\n");
        if (sums.Count == 0)
        {
            writer.Write($"<p>No forecast was made at or after bar {options.FirstBar} of its series in this range.</p></section>\n");
            return;
        }

        writer.Write(string.Create(
            CultureInfo.InvariantCulture, $"<p class=\"soft\">{series.Count} series, {sums.First:yyyy-MM-dd} to {sums.Last:yyyy-MM-dd}, "));
        writer.Write($"each scored from its bar {options.FirstBar} on.</p>\n");
        WriteTiles(writer, report.Find(interval, ReportRow.Pooled, ReportRow.WholeRange, served, level)!, series.Count);
        WriteStrategies(writer, report, interval, level);
        writer.Write(ReportPlots.Mase(sums, served));
        writer.Write(ReportPlots.Coverage(sums));
        writer.Write(ReportPlots.CoverageByYear(report, interval, served));
        writer.Write(ReportPlots.Weights(sums));
        writer.Write(ReportPlots.Events(sums, journal, interval, options));
        WriteDecisions(writer, journal, interval, options);
        WriteSeries(writer, report, series, level);
        writer.Write("<h3>The last year of each series</h3>\n");
        foreach (var (place, one) in series.Index())
        {
            writer.Write($"<details{(place == 0 ? " open" : "")}><summary>{Encoded(one.Series.ToString())}</summary>\n");
            writer.Write(ReportPlots.LastYear(one, options));
            writer.Write("</details>\n");
        }

        writer.Write("</section>\n");
    }

    static void WriteTiles(TextWriter writer, ReportRow row, int series)
    {
        writer.Write("<div class=\"tiles\">");
        Tile(Number(row.Mase, "0.0000"), "MASE of what is served; 1 is no change");
        Tile(Number(row.Coverage, "0.0 %"), $"coverage of its {Number(row.Level, "0 %")} intervals");
        Tile(Number(row.WinklerToQuantile, "0.000"), "Winkler score over that of 250-day quantiles");
        Tile(Number(row.WinklerToEwma, "0.000"), "Winkler score over that of EWMA, same layer");
        Tile(Number(row.EvidenceNaive, "0.00"), "e-value against no change; 20 is evidence");
        Tile(row.Rows.ToString("N0", CultureInfo.InvariantCulture), $"forecasts scored, of {series} series");
        writer.Write("</div>\n");

        void Tile(string value, string words) => writer.Write($"<div><b>{value}</b><span>{Encoded(words)}</span></div>");
    }

    static void WriteStrategies(TextWriter writer, Report report, string interval, double level)
    {
        Head(writer, "Strategies", "strategy", "rows", "MAE", "RMSE", "MASE", "R²", "direction", "coverage", "Winkler", "/ 250-day",
            "/ EWMA",
            "DM p", "Clark-West p", "e-value");
        foreach (var row in report.Rows.Where(row => row.Interval == interval && row.Level == level
            && row is { Series: ReportRow.Pooled, Period: ReportRow.WholeRange }))
        {
            Row(writer, row.Strategy, row.Rows.ToString("N0", CultureInfo.InvariantCulture), Number(row.Mae, "0.00000"),
                Number(row.Rmse, "0.00000"), Number(row.Mase, "0.0000"), Number(row.RSquared, "0.0000"),
                Number(row.DirectionalAccuracy, "0.0 %"), Number(row.Coverage, "0.0 %"), Number(row.Winkler, "0.00000"),
                Number(row.WinklerToQuantile, "0.000"), Number(row.WinklerToEwma, "0.000"), Number(row.DieboldMarianoNaive, "0.000"),
                Number(row.ClarkWestNaive, "0.000"), Number(row.EvidenceNaive, "0.00"));
        }

        writer.Write("</tbody></table></div>\n");
    }

    static void WriteSeries(TextWriter writer, Report report, IReadOnlyList<SeriesJournal> series, double level)
    {
        Head(writer, "Series, as served", "series", "rows", "MASE", "direction", "coverage", "Winkler", "/ 250-day", "/ EWMA", "e-value",
            "regret", "its bound");
        foreach (var one in series)
        {
            var row = report.Find(one.Series.Interval, one.Series.ToString(), ReportRow.WholeRange, one.Served, level);
            if (row is null) continue;
            Row(writer, row.Series, row.Rows.ToString("N0", CultureInfo.InvariantCulture), Number(row.Mase, "0.0000"),
                Number(row.DirectionalAccuracy, "0.0 %"), Number(row.Coverage, "0.0 %"), Number(row.Winkler, "0.00000"),
                Number(row.WinklerToQuantile, "0.000"), Number(row.WinklerToEwma, "0.000"), Number(row.EvidenceNaive, "0.00"),
                Number(one.Regret, "0.00"), Number(one.RegretBound, "0.00"));
        }

        writer.Write("</tbody></table></div>\n");
    }

    static void WriteDecisions(TextWriter writer, ForecastJournal journal, string interval, ReportOptions options)
    {
        List<RetrainDecision> decisions =
        [
            .. journal.Decisions.Where(decision => decision.Interval == interval && options.Includes(options.DayOf(decision.DecidedAtUs))),
        ];
        if (decisions.Count == 0) return;
        var promoted = decisions.Count(decision => decision.Promoted);
        writer.Write($"<details><summary>{decisions.Count} retrains, {promoted} promoted: the numbers of each decision</summary>\n");
        Head(writer, "", "decided", "trigger", "gate", "warned", "series", "rows", "candidate", "champion", "naive", "vs champion, upper",
            "vs naive, upper", "margin", "promoted", "e-value, no change", "e-value, online", "because");
        foreach (var one in decisions)
        {
            var evidence = one.Evidence.FirstOrDefault(evidence => evidence.Strategy == Strategies.Served);
            var warned = one.Checks.Where(check => check.Status == "warned").Sum(check => check.Bad);
            Row(writer, DateTime.UnixEpoch.AddMicroseconds(one.DecidedAtUs).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                one.Trigger, one.Gate, warned.ToString(CultureInfo.InvariantCulture),
                one.Series.ToString(CultureInfo.InvariantCulture), one.Rows.ToString(CultureInfo.InvariantCulture),
                Number(one.CandidateLoss, "0.0000"), Number(one.ChampionLoss, "0.0000"), Number(one.NaiveLoss, "0.0000"),
                Number(one.VersusChampionUpper, "0.0000"), Number(one.VersusNaiveUpper, "0.0000"), Number(one.Margin, "0.0000"),
                one.Promoted ? "yes" : "no", Number(evidence?.ENaive, "G3"), Number(evidence?.EOnline, "G3"), one.Reason);
        }

        writer.Write("</tbody></table></div></details>\n");
    }

    static void Head(TextWriter writer, string title, params ReadOnlySpan<string> columns)
    {
        if (title.Length > 0) writer.Write($"<h3>{Encoded(title)}</h3>\n");
        writer.Write("<div class=\"scroll\"><table><thead><tr>");
        foreach (var column in columns) writer.Write($"<th>{Encoded(column)}</th>");
        writer.Write("</tr></thead><tbody>\n");
    }

    static void Row(TextWriter writer, params ReadOnlySpan<string> cells)
    {
        writer.Write("<tr>");
        foreach (var cell in cells) writer.Write($"<td>{Encoded(cell)}</td>");
        writer.Write("</tr>\n");
    }

    static string Number(double? value, string format) => value is { } number ? number.ToString(format, CultureInfo.InvariantCulture) : "";

    static string Encoded(string text) => WebUtility.HtmlEncode(text);
}
