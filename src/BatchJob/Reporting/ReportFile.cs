namespace Kafka.Stock.BatchJob;

/// <summary><c>report.csv</c>: the rows of a report.</summary>
public static class ReportFile
{
    /// <summary>The header, in order.</summary>
    public static IReadOnlyList<string> Columns { get; } =
    [
        "interval", "series", "period", "strategy", "level", "rows", "mae", "rmse", "mase", "relative_mae", "r2",
        "directional_accuracy", "pinball", "winkler", "coverage", "unbounded", "empty", "winkler_quantile_250",
        "winkler_to_quantile_250", "winkler_ewma", "winkler_to_ewma", "dm_p_naive", "dm_p_online", "clark_west_p_naive",
        "e_naive", "e_naive_max", "e_online", "e_online_max",
    ];

    /// <summary>Writes all rows, RFC 4180, numbers with round-trip digits, empty for null.</summary>
    public static void Write(TextWriter writer, Report report)
    {
        var csv = new CsvText(writer);
        csv.Row(Columns);
        foreach (var row in report.Rows)
        {
            csv.Field(row.Interval).Field(row.Series).Field(row.Period).Field(row.Strategy).Field(row.Level).Field(row.Rows)
                .Field(row.Mae).Field(row.Rmse).Field(row.Mase).Field(row.RelativeMae).Field(row.RSquared)
                .Field(row.DirectionalAccuracy).Field(row.Pinball).Field(row.Winkler).Field(row.Coverage)
                .Field(row.Unbounded).Field(row.Empty).Field(row.QuantileWinkler).Field(row.WinklerToQuantile)
                .Field(row.EwmaWinkler).Field(row.WinklerToEwma).Field(row.DieboldMarianoNaive).Field(row.DieboldMarianoOnline)
                .Field(row.ClarkWestNaive).Field(row.EvidenceNaive).Field(row.EvidenceNaiveMax)
                .Field(row.EvidenceOnline).Field(row.EvidenceOnlineMax).EndRow();
        }
    }
}
