namespace Kafka.Stock.BatchJob;

/// <summary><c>compare.csv</c>: one row an interval and strategy.</summary>
public static class CompareFile
{
    /// <summary>The header, in order.</summary>
    public static IReadOnlyList<string> Columns { get; } =
    [
        "interval", "strategy", "rows", "mae", "rmse", "mase", "relative_mae", "directional_accuracy", "level", "coverage", "winkler",
        "dm_p_naive", "e_naive", "cpu_seconds", "rows_touched", "bars_to_recover", "alarms", "alarms_unrecovered",
    ];

    /// <summary>Writes all rows, RFC 4180, numbers with round-trip digits, empty for null.</summary>
    public static void Write(TextWriter writer, StrategyComparison comparison)
    {
        var csv = new CsvText(writer);
        csv.Row(Columns);
        foreach (var row in comparison.Rows)
        {
            var scores = row.Scores;
            csv.Field(scores.Interval).Field(scores.Strategy).Field(scores.Rows).Field(scores.Mae).Field(scores.Rmse).Field(scores.Mase)
                .Field(scores.RelativeMae).Field(scores.DirectionalAccuracy).Field(scores.Level).Field(scores.Coverage)
                .Field(scores.Winkler).Field(scores.DieboldMarianoNaive).Field(scores.EvidenceNaive).Field(row.CpuSeconds)
                .Field(row.RowsTouched).Field(row.BarsToRecover).Field(row.Alarms).Field(row.AlarmsUnrecovered).EndRow();
        }
    }
}
