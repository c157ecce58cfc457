using Kafka.Stock.Contracts;

namespace Kafka.Stock.Lakehouse;

/// <summary>Which of many data files a failed statement failed at: DuckDB doesn't always say.</summary>
public static class ParquetFaults
{
    /// <summary>Reads each file alone, all of it, until one can't be read.</summary>
    /// <param name="database">A connection of its own is made: the failed one may be of no use.</param>
    /// <param name="files">What the statement read.</param>
    /// <param name="error">What it failed with.</param>
    /// <param name="cancellation">Ends the search.</param>
    /// <returns>A <see cref="BrokenInputException"/> that names the file, or <paramref name="error"/> where every file can be read.</returns>
    public static Exception Named(DuckDatabase database, IReadOnlyList<ScanFile> files, Exception error, CancellationToken cancellation)
    {
        if (error is OperationCanceledException) return error;
        using var connection = database.Connect();
        foreach (var file in files)
        {
            if (!File.Exists(file.Path)) return new BrokenInputException(file.Path, "no file", "the data file that the table's log names", error);
            if (Fault(connection, file.Path, cancellation) is { } fault)
            {
                return new BrokenInputException(file.Path, fault, "a whole Parquet file", error);
            }
        }

        return error;
    }

    static string? Fault(DuckConnection connection, string path, CancellationToken cancellation)
    {
        try
        {
            using var result = connection.Query($"SELECT * FROM read_parquet({Sql.PathLiteral(path)}, hive_partitioning = false)", cancellation);
            while (result.Read())
            {
                // Every page is decoded on the way.
            }

            return null;
        }
        catch (StockException fault)
        {
            return fault.Found;
        }
        catch (InvalidOperationException fault)
        {
            return fault.Message;
        }
    }
}
