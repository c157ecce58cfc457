namespace Kafka.Stock.BatchJob;

/// <summary><c>report.html</c>: one self-contained page.</summary>
public static class ReportPage
{
    /// <summary>Writes the page; it loads nothing from outside.</summary>
    public static void Write(TextWriter writer, ForecastJournal journal, Report report, ReportOptions options)
    {
        _ = (journal, report, options);
        writer.Write("<!doctype html>");
    }
}
