using System.Globalization;

namespace Kafka.Stock.BatchJob;

/// <summary>Scores that are too good: on real daily prices nobody is that much better than no change.</summary>
public static class LeakAlarm
{
    const long RowsMin = 250;

    /// <summary>A sentence for each strategy whose pooled MASE of the whole range lies below <see cref="LeakTable.SuspiciousMase"/> over
    /// 250 rows or more.</summary>
    public static IReadOnlyList<string> Of(Report report) =>
    [
        .. report.Rows.Where(row => row is { Series: ReportRow.Pooled, Period: ReportRow.WholeRange, Rows: >= RowsMin }
                && row.Interval == Contracts.BarInterval.Session.ToString() && row.Mase < LeakTable.SuspiciousMase)
            .DistinctBy(row => row.Strategy)
            .Select(row => string.Create(
                CultureInfo.InvariantCulture,
                $"{row.Strategy}: found a MASE of {row.Mase:0.0000} over {row.Rows} rows; "
                    + $"below {LeakTable.SuspiciousMase} it is a leak until shown otherwise")),
    ];
}
