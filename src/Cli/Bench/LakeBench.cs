using System.Diagnostics;
using Kafka.Stock.BatchJob;
using Kafka.Stock.Contracts;
using Kafka.Stock.Ingestor;
using Kafka.Stock.Lakehouse;

namespace Kafka.Stock.Cli;

/// <summary>The lake beside the bare cost of what it does: commits, bulk writes, a rebuild, opening a long log.</summary>
static class LakeBench
{
    const int WriteRows = 10_000_000;
    const int WriteRounds = 3;
    const string BundledTicks = "iex_ticks_2019-10-30.csv.gz";

    /// <summary>Runs all parts.</summary>
    /// <param name="ticks">Files of trades to rebuild from; null for the bundled ones.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="BrokenInputException">There are no such files.</exception>
    public static async Task<IReadOnlyList<BenchFigure>> RunAsync(string? ticks, CancellationToken cancellation)
    {
        ticks ??= Path.Combine(BundledData.Folder, BundledTicks);
        if (!Path.Exists(ticks)) throw new BrokenInputException(ticks, "nothing there", "a file or folder of trades");
        var folder = Directory.CreateTempSubdirectory("kstock-bench-lake-").FullName;
        try
        {
            List<BenchFigure> figures = [];
            using (var database = DuckDatabase.Open(new DuckOptions()))
            {
                var commits = new CommitBench(folder, database);
                figures.AddRange(await commits.RunAsync(100, cancellation));
                figures.AddRange(await commits.RunAsync(10_000, cancellation));
                figures.AddRange(await commits.OpenAsync(cancellation));
            }

            figures.AddRange(await RebuildAsync(folder, ticks, cancellation));
            figures.AddRange(Write(folder, cancellation));
            return figures;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    static IReadOnlyList<BenchFigure> Write(string folder, CancellationToken cancellation)
    {
        var result = ParquetBench.Run(WriteRows, WriteRounds, folder, new DuckOptions(), cancellation);
        return
        [
            new(
                "write_rows_per_second", result.RowCount / result.LoadSeconds,
                "rows a second of trades to Parquet, from the program's memory, best of 3"),
            new(
                "copy_rows_per_second", result.RowCount / result.CopySeconds,
                "rows a second by DuckDB's COPY of a table in its memory, best of 3 (reference)"),
            new("write_ratio", result.SpeedRatio, "ours over COPY; at least 0.5 wanted"),
            new("write_peak_mib", result.PeakBytes / 1_048_576.0, "MiB peak of the process while ours ran; below 1,024 wanted"),
        ];
    }

    static async Task<IReadOnlyList<BenchFigure>> RebuildAsync(string folder, string ticks, CancellationToken cancellation)
    {
        using var database = DuckDatabase.Open(new DuckOptions
        {
            MemoryLimitBytes = 1L << 30,
            TempFolder = Directory.CreateDirectory(Path.Combine(folder, "spill")).FullName,
        });
        var lake = new Lake(
            ObjectStores.Open(Path.Combine(folder, "ticks"), new ObjectStoreOptions()), database,
            new LakeOptions { WorkFolder = Path.Combine(folder, "work") });
        var files = new FileReplayOptions { Paths = [ticks] };
        var started = Stopwatch.GetTimestamp();
        var (rows, _) = await FileSync.RunAsync(lake, files, 1_000_000, cancellation);
        var syncSeconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        var best = double.MaxValue;
        var bars = 0L;
        for (var round = 0; round < 3; round++)
        {
            started = Stopwatch.GetTimestamp();
            bars = (await new LakeRebuild(lake, new RebuildOptions { IsFull = true }).RunAsync(cancellation)).BarRows;
            best = Math.Min(best, Stopwatch.GetElapsedTime(started).TotalSeconds);
        }

        return
        [
            new("rebuild_records", rows, "market records of real trades in bronze"),
            new("sync_seconds", syncSeconds, "s from files to bronze"),
            new("rebuild_bars", bars, "rows of silver"),
            new("rebuild_seconds", best, "s for silver and gold from bronze, best of 3; at most 5 wanted for 1,442,558 trades"),
            .. await ScanAsync(lake, cancellation),
        ];
    }

    static async Task<IReadOnlyList<BenchFigure>> ScanAsync(Lake lake, CancellationToken cancellation)
    {
        var oneSymbol = new RowFilter("symbol", Comparison.Equal, "SPY");
        var scan = await ScanBench.RunAsync(lake, LakeTables.Market, oneSymbol, rounds: 5, cancellation);
        return
        [
            new("scan_rows", scan.Rows, "rows of bronze.market"),
            new("scan_ms", scan.FullMs, "ms to open it and sum all of its numbers, best of 5"),
            new("scan_clickhouse_ms", scan.ClickHouseFullMs ?? double.NaN, "ms in ClickHouse (reference; null without it)"),
            new("scan_ratio", scan.FullRatio ?? double.NaN, "ClickHouse's time over ours; at least 1 wanted"),
            new("filtered_scan_ms", scan.FilteredMs, "ms to open it and sum the numbers of one symbol, best of 5"),
            new("filtered_scan_clickhouse_ms", scan.ClickHouseFilteredMs ?? double.NaN, "ms in ClickHouse (reference; null without it)"),
            new("filtered_scan_ratio", scan.FilteredRatio ?? double.NaN, "ClickHouse's time over ours; at least 1 wanted"),
        ];
    }
}
