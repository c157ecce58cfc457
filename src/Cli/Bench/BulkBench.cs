using System.Diagnostics;
using System.Text;
using Kafka.Stock.Lakehouse;

namespace Kafka.Stock.Cli;

/// <summary>Ten million trades of the program to Parquet, beside DuckDB's own COPY of the same rows from its memory.</summary>
sealed class BulkBench(string folder, DuckDatabase database)
{
    const int Rows = 10_000_000;
    const int Rounds = 3;

    /// <summary>The reference has all rows in memory.</summary>
    const long ReferenceBytes = 4L << 30;
    static readonly byte[][] s_symbols = [.. new[] { "AAPL", "AIG", "BAC", "IBM", "MSFT", "SPY" }.Select(Encoding.UTF8.GetBytes)];
    static readonly StructType s_schema = new(
    [
        new("symbol", DeltaType.Text), new("time", DeltaType.Timestamp), new("price", new DecimalType(18, 6)),
        new("size", DeltaType.Int64), new("sequence", DeltaType.Int64),
    ]);

    public IReadOnlyList<BenchFigure> Run(CancellationToken cancellation)
    {
        var ours = double.MaxValue;
        for (var round = 0; round < Rounds; round++) ours = Math.Min(ours, Load($"bulk-{round}", cancellation));
        using var process = Process.GetCurrentProcess();
        var peak = process.PeakWorkingSet64;
        var copy = Copy(cancellation);
        return
        [
            new("write_rows_per_second", Rows / ours, "rows a second of trades to Parquet, from the program's memory, best of 3"),
            new("copy_rows_per_second", Rows / copy, "rows a second by DuckDB's COPY of a table in its memory, best of 3 (reference)"),
            new("write_ratio", copy / ours, "ours over COPY; at least 0.5 wanted"),
            new("write_peak_mib", peak / 1_048_576.0, "MiB peak of the process after ours; below 1,024 wanted"),
        ];
    }

    /// <summary>Seconds to make the rows and write them.</summary>
    double Load(string name, CancellationToken cancellation)
    {
        var started = Stopwatch.GetTimestamp();
        var target = new ParquetTarget(Path.Combine(folder, name), s_schema, [], "bench", 0);
        using var load = new ParquetLoad(database, target, new ParquetOptions());
        for (var first = 0; first < Rows; first += ParquetLoad.Capacity)
        {
            var count = Math.Min(ParquetLoad.Capacity, Rows - first);
            var times = load.Values<long>(1);
            var prices = load.Values<long>(2);
            var sizes = load.Values<long>(3);
            var sequences = load.Values<long>(4);
            for (var row = 0; row < count; row++)
            {
                var i = first + row;
                load.SetBytes(0, row, s_symbols[i % s_symbols.Length]);
                (times[row], prices[row]) = (1_572_442_200_000_000 + (i * 1_000L), 100_000_000 + (i * 7_919L % 1_000_003));
                (sizes[row], sequences[row]) = (100 + (i % 900), i);
            }

            load.Flush(count, cancellation);
        }

        load.Complete(cancellation);
        return Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    /// <summary>Seconds of a COPY alone.</summary>
    double Copy(CancellationToken cancellation)
    {
        using var roomy = DuckDatabase.Open(new DuckOptions { MemoryLimitBytes = ReferenceBytes });
        using var connection = roomy.Connect();
        var symbols = string.Join(", ", s_symbols.Select(symbol => Sql.Literal(Encoding.UTF8.GetString(symbol))));
        connection.Execute(
            $"""
            CREATE TABLE rows_of_bench AS SELECT [{symbols}][1 + i % {s_symbols.Length}] AS symbol,
                make_timestamptz(1572442200000000 + i * 1000) AS time,
                ((100000000 + i * 7919 % 1000003) / 1000000)::DECIMAL(18,6) AS price, 100 + i % 900 AS size, i AS sequence
            FROM range({Rows}) AS rows(i)
            """,
            cancellation);
        var best = double.MaxValue;
        for (var round = 0; round < Rounds; round++)
        {
            var path = Sql.Literal(Path.Combine(folder, $"copy-{round}.parquet"));
            var started = Stopwatch.GetTimestamp();
            connection.Execute($"COPY rows_of_bench TO {path} (FORMAT parquet, COMPRESSION zstd)", cancellation);
            best = Math.Min(best, Stopwatch.GetElapsedTime(started).TotalSeconds);
        }

        return best;
    }
}
