using System.Globalization;

namespace Kafka.Stock.BatchJob;

/// <summary>Why a report is empty: a table without rows would say nothing.</summary>
public static class NothingScored
{
    /// <summary>What was found and what a score needs; null where something was scored.</summary>
    public static string? InWords(ForecastJournal journal, Report report, ReportOptions scored)
    {
        if (report.Rows.Count > 0) return null;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"nothing is scored: found {Found(journal, scored)}; expected some with a label, made at or after bar {scored.FirstBar} of a "
                + $"series{Range(scored)}");
    }

    static string Found(ForecastJournal journal, ReportOptions scored)
    {
        if (journal.Forecasts == 0) return "no forecast, as no series has 61 bars in a row";
        var made = journal.Series.Where(series => series.Count > 0)
            .Select(series => (First: series.MadeAtUs[0], Last: series.MadeAtUs[series.Count - 1])).ToList();
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{journal.Forecasts} forecasts, made on {Text(scored.DayOf(made.Min(one => one.First)))} to "
                + $"{Text(scored.DayOf(made.Max(one => one.Last)))}");
    }

    static string Range(ReportOptions scored) => (scored.From > DateOnly.MinValue, scored.To < DateOnly.MaxValue) switch
    {
        (false, false) => "",
        (true, false) => $", from {Text(scored.From)} on",
        (false, true) => $", until {Text(scored.To)}",
        (true, true) => $", from {Text(scored.From)} to {Text(scored.To)}",
    };

    static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
