namespace Kafka.Stock.Lakehouse;

/// <summary>What <see cref="ParquetBench"/> measured.</summary>
/// <param name="RowCount">Ticks that were written.</param>
/// <param name="LoadSeconds">Making the rows and writing them as data files with statistics, best round.</param>
/// <param name="CopySeconds">DuckDB's COPY of the same rows from its own table, best round.</param>
/// <param name="PeakBytes">Most memory that the process had while it loaded.</param>
/// <param name="FileBytes">Size of the data files.</param>
public sealed record ParquetBenchResult(int RowCount, double LoadSeconds, double CopySeconds, long PeakBytes, long FileBytes)
{
    /// <summary>Speed of the load over that of the COPY: at least 0.5 is wanted.</summary>
    public double SpeedRatio => CopySeconds / LoadSeconds;
}
