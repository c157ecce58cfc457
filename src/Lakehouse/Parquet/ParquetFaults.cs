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
    /// <returns>A <see cref="BrokenInputException"/> that names the file, or <paramref name="error"/> where all can be
    /// read.</returns>
    public static Exception Named(DuckDatabase database, IReadOnlyList<ScanFile> files, Exception error, CancellationToken cancellation)
    {
        if (error is OperationCanceledException) return error;
        using var connection = database.Connect();
        foreach (var file in files)
        {
            var fault = File.Exists(file.Path) ? Fault(connection, file.Path, cancellation) : "no file";
            if (fault is not null) return new BrokenInputException(file.Path, fault, "a whole Parquet file", error);
        }

        return error;
    }

    static string? Fault(DuckConnection connection, string path, CancellationToken cancellation)
    {
        try
        {
            var select = $"SELECT * FROM read_parquet({Sql.PathLiteral(path)}, hive_partitioning = false)";
            using var result = connection.Query(select, cancellation);
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
