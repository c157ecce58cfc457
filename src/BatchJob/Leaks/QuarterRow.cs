using Kafka.Stock.Learning;

namespace Kafka.Stock.BatchJob;

/// <summary>A row within its quarter: 63 rows of one series behind one another.</summary>
/// <param name="ToMeanOfAll">Log close less its mean over all rows of the quarter, in units of the scale: later rows are in it.</param>
/// <param name="ToMeanSoFar">The same less the mean over the quarter's rows up to this one.</param>
/// <param name="Target">Log return of the next bar in units of the scale.</param>
readonly record struct QuarterRow(double ToMeanOfAll, double ToMeanSoFar, double Target)
{
    const int Rows = 63;

    /// <summary>The rows of all whole quarters.</summary>
    public static IReadOnlyList<QuarterRow> Of(IEnumerable<LeakRow> rows) =>
    [
        .. rows.GroupBy(row => row.Series).SelectMany(series => series.Chunk(Rows)).Where(quarter => quarter.Length == Rows)
            .SelectMany(Quarter),
    ];

    static IEnumerable<QuarterRow> Quarter(LeakRow[] rows)
    {
        var logs = Array.ConvertAll(rows, row => PortableMath.Log(row.Close));
        var (mean, sum) = (logs.Average(), 0.0);
        for (var i = 0; i < rows.Length; i++)
        {
            sum += logs[i];
            yield return new((logs[i] - mean) / rows[i].Scale, (logs[i] - (sum / (i + 1))) / rows[i].Scale, rows[i].Target);
        }
    }
}
