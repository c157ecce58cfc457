using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using static Kafka.Stock.BatchJob.JsonNumbers;

namespace Kafka.Stock.BatchJob;

/// <summary>The scores of the whole range in short, for a terminal and for a program.</summary>
public static class ReportSummary
{
    const double ShownLevel = 0.9;

    /// <summary>A table of the strategies by interval, at 90 % or the level next to it.</summary>
    public static string ToText(ForecastJournal journal, Report report)
    {
        var text = new StringBuilder();
        foreach (var interval in report.Rows.Where(IsPooledWhole).GroupBy(row => row.Interval))
        {
            var level = interval.MinBy(row => Math.Abs(row.Level - ShownLevel))!.Level;
            var series = journal.Series.Count(one => one.Series.Interval == interval.Key && one.Count > 0);
            text.Append(CultureInfo.InvariantCulture, $"{interval.Key}: {series} series, intervals of {100 * level:0.#} %\n");
            text.Append(CultureInfo.InvariantCulture, $"  {"strategy",-10} {"rows",8} {"MASE",8} {"RMSE",9} {"direction",9} {"coverage",8} "
                + $"{"Winkler",9} {"/250-day",8} {"/EWMA",8} {"DM p",7} {"e-value",9}\n");
            foreach (var row in interval.Where(row => row.Level == level))
            {
                text.Append(CultureInfo.InvariantCulture,
                    $"  {row.Strategy,-10} {row.Rows,8} {row.Mase,8:F4} {row.Rmse,9:F6} {row.DirectionalAccuracy,9:F4} "
                    + $"{row.Coverage,8:F4} {row.Winkler,9:F5} {row.WinklerToQuantile,8:F4} {row.WinklerToEwma,8:F4} "
                    + $"{row.DieboldMarianoNaive,7:F3} {row.EvidenceNaive,9:G4}\n");
            }
        }

        text.Append(CultureInfo.InvariantCulture,
            $"{journal.Forecasts} forecasts, {journal.Promotions.Count} promotions, {journal.Alarms.Count} drift alarms\n");
        return text.ToString();
    }

    /// <summary>One JSON object: counts, and every pooled row of the whole range.</summary>
    public static string ToJson(ForecastJournal journal, Report report)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteNumber("series", journal.Series.Count(series => series.Count > 0));
            json.WriteNumber("forecasts", journal.Forecasts);
            json.WriteNumber("promotions", journal.Promotions.Count);
            json.WriteNumber("drift_alarms", journal.Alarms.Count);
            json.WriteNumber("decisions", journal.Decisions.Count);
            json.WriteStartArray("rows");
            foreach (var row in report.Rows.Where(IsPooledWhole)) Write(json, report, row);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    static bool IsPooledWhole(ReportRow row) => row is { Series: ReportRow.Pooled, Period: ReportRow.WholeRange };

    static void Write(Utf8JsonWriter json, Report report, ReportRow row)
    {
        json.WriteStartObject();
        json.WriteString("interval", row.Interval);
        json.WriteString("strategy", row.Strategy);
        json.WriteNumber("level", row.Level);
        json.WriteNumber("rows", row.Rows);
        WriteNullable(json, "mae", row.Mae);
        WriteNullable(json, "rmse", row.Rmse);
        WriteNullable(json, "mase", row.Mase);
        WriteNullable(json, "relative_mae", row.RelativeMae);
        WriteNullable(json, "r2", row.RSquared);
        WriteNullable(json, "directional_accuracy", row.DirectionalAccuracy);
        WriteNullable(json, "coverage", row.Coverage);
        WriteNullable(json, "winkler", row.Winkler);
        WriteNullable(json, "winkler_to_quantile_250", row.WinklerToQuantile);
        WriteNullable(json, "winkler_to_ewma", row.WinklerToEwma);
        json.WriteNumber("unbounded", row.Unbounded);
        WriteNullable(json, "dm_p_naive", row.DieboldMarianoNaive);
        WriteNullable(json, "clark_west_p_naive", row.ClarkWestNaive);
        WriteNullable(json, "e_naive", row.EvidenceNaive);
        WriteNullable(json, "e_naive_max", row.EvidenceNaiveMax);
        WriteNullable(json, "e_online", row.EvidenceOnline);
        var same = report.Rows.Where(other => other.Interval == row.Interval && other.Strategy == row.Strategy && other.Level == row.Level)
            .ToList();
        var worst = Largest(same, other => other.Series != ReportRow.Pooled && IsWhole(other), other => other.Mase);
        WriteNullable(json, "worst_series_mase", worst);
        WriteNullable(json, "coverage_year_min", Smallest(same, IsPooledYear, other => other.Coverage));
        WriteNullable(json, "coverage_year_max", Largest(same, IsPooledYear, other => other.Coverage));
        json.WriteEndObject();
    }

    static bool IsWhole(ReportRow row) => row.Period == ReportRow.WholeRange;

    static bool IsPooledYear(ReportRow row) => row.Series == ReportRow.Pooled && !IsWhole(row);

    static double? Largest(IEnumerable<ReportRow> rows, Func<ReportRow, bool> of, Func<ReportRow, double?> value) =>
        rows.Where(of).Max(value);

    static double? Smallest(IEnumerable<ReportRow> rows, Func<ReportRow, bool> of, Func<ReportRow, double?> value) =>
        rows.Where(of).Min(value);

}
