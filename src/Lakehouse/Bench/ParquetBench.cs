using System.Diagnostics;
using System.Globalization;
using Kafka.Stock.Contracts;

namespace Kafka.Stock.Lakehouse;

/// <summary>Measures a bulk load: ticks of the program's own as data files, beside DuckDB's COPY of the same rows from its own
/// table.</summary>
public static class ParquetBench
{
    static readonly StructType s_ticks = new(
    [
        new StructField("symbol", DeltaType.Text),
        new StructField("time", DeltaType.Timestamp),
        new StructField("price", new DecimalType(18, 6)),
        new StructField("size", DeltaType.Int64),
        new StructField("sequence", DeltaType.Int64),
    ]);

    static readonly byte[][] s_symbols = [[.. "AAPL"u8], [.. "AMD"u8], [.. "IBM"u8], [.. "MSFT"u8], [.. "SPY"u8]];

    /// <summary>What the reference's rows need, which are all in DuckDB's memory.</summary>
    const long ReferenceBytes = 4L << 30;

    /// <summary>Writes the rows in two ways: from chunks that are filled here, and by COPY from a table.</summary>
    /// <param name="rowCount">Ticks, such as 10,000,000.</param>
    /// <param name="rounds">Times that each is done; the best counts.</param>
    /// <param name="workFolder">Files lie below it while it runs.</param>
    /// <param name="options">Threads and memory of the load; the reference has as many threads and the memory that it needs.</param>
    /// <param name="cancellation">Ends it.</param>
    public static ParquetBenchResult Run(int rowCount, int rounds, string workFolder, DuckOptions options, CancellationToken cancellation)
    {
        var folder = Directory.CreateDirectory(Path.Combine(workFolder, "bench-parquet")).FullName;
        try
        {
            PeakMemory.Reset();
            IReadOnlyList<DataFile> files = [];
            var loadSeconds = double.MaxValue;
            using (var database = DuckDatabase.Open(options))
            {
                for (var round = 0; round < rounds; round++)
                {
                    foreach (var file in files) File.Delete(Path.Combine(folder, file.Key));
                    var target = new ParquetTarget(folder, s_ticks, [], $"bench-{round}", 0);
                    (files, var seconds) = Load(database, target, rowCount, cancellation);
                    loadSeconds = Math.Min(loadSeconds, seconds);
                }
            }

            var peakBytes = PeakMemory.Bytes;
            using var roomy = DuckDatabase.Open(options with { MemoryLimitBytes = Math.Max(ReferenceBytes, options.MemoryLimitBytes) });
            var copySeconds = Copy(roomy, folder, files, rounds, cancellation);
            return new ParquetBenchResult(rowCount, loadSeconds, copySeconds, peakBytes, files.Sum(file => file.SizeBytes));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    static (IReadOnlyList<DataFile> Files, double Seconds) Load(
        DuckDatabase database, ParquetTarget target, int rowCount, CancellationToken cancellation)
    {
        var start = Stopwatch.GetTimestamp();
        using var load = new ParquetLoad(database, target, new ParquetOptions());
        for (var first = 0; first < rowCount; first += ParquetLoad.Capacity)
        {
            var count = Math.Min(ParquetLoad.Capacity, rowCount - first);
            Fill(load, first, count);
            load.Flush(count, cancellation);
        }

        var files = load.Complete(cancellation);
        return (files, Stopwatch.GetElapsedTime(start).TotalSeconds);
    }

    /// <summary>Prices walk in steps of a cent, times rise by up to a millisecond: about as hard to compress as real trades.</summary>
    static void Fill(ParquetLoad load, int first, int count)
    {
        var times = load.Values<long>(1);
        var prices = load.Values<long>(2);
        var sizes = load.Values<long>(3);
        var sequences = load.Values<long>(4);
        for (var row = 0; row < count; row++)
        {
            var i = (ulong)(first + row);
            var chance = (i * 0x9E3779B97F4A7C15) ^ (i >> 7);
            load.SetBytes(0, row, s_symbols[chance % 5]);
            times[row] = 1_500_000_000_000_000 + ((long)i * 500) + (long)((chance >> 20) % 500);
            prices[row] = (100 * Price.Unit) + ((long)((chance >> 32) % 10_000) * (Price.Unit / 100));
            sizes[row] = (long)((chance >> 12) % 20) * 100;
            sequences[row] = (long)i;
        }
    }

    static double Copy(
        DuckDatabase database, string folder, IReadOnlyList<DataFile> files, int rounds, CancellationToken cancellation)
    {
        using var connection = database.Connect();
        var written = files.Select(file => new ScanFile(Path.Combine(folder, file.Key), PartitionValues.None));
        var scan = new ParquetScan(s_ticks, [], [.. written]);
        connection.Execute($"CREATE TABLE reference_ticks AS SELECT * FROM {scan.Relation}", cancellation);
        var groupRows = new ParquetOptions().GroupRows.ToString(CultureInfo.InvariantCulture);
        var best = double.MaxValue;
        for (var round = 0; round < rounds; round++)
        {
            var path = Sql.Literal(Path.Combine(folder, $"reference-{round}.parquet"));
            var start = Stopwatch.GetTimestamp();
            connection.Execute(
                $"COPY reference_ticks TO {path} (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {groupRows})", cancellation);
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalSeconds);
        }

        return best;
    }
}
