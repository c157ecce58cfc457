using System.Security.Cryptography;
using Kafka.Stock.Lakehouse;

namespace Kafka.Stock.BatchJob;

/// <summary>Writes the rows of a SELECT as data files into the store, where a commit can take them up.</summary>
/// <remarks>Files are made in the lake's work folder, then uploaded: the same on every store, and durable when it returns.</remarks>
static class LayerFiles
{
    /// <summary>Writes files named after this write.</summary>
    public static Task<IReadOnlyList<DataFile>> WriteAsync(
        DeltaTable table, TableDefinition definition, DuckConnection connection, string select, CancellationToken cancellation) =>
        WriteAsync(table, definition, connection, select, _ => null, cancellation);

    /// <summary>Writes files named after their content: whoever writes the same bytes gets the same names.</summary>
    /// <param name="table">The table that they are for.</param>
    /// <param name="definition">Its columns.</param>
    /// <param name="connection">Where the SELECT runs.</param>
    /// <param name="select">All columns of the table, in order of rows.</param>
    /// <param name="cancellation">Stops it.</param>
    public static Task<IReadOnlyList<DataFile>> WriteByContentAsync(
        DeltaTable table, TableDefinition definition, DuckConnection connection, string select, CancellationToken cancellation) =>
        WriteAsync(table, definition, connection, select, ContentName, cancellation);

    static async Task<IReadOnlyList<DataFile>> WriteAsync(
        DeltaTable table, TableDefinition definition, DuckConnection connection, string select, Func<string, string?> nameOf,
        CancellationToken cancellation)
    {
        var options = table.Lake.Options;
        var id = options.NewName();
        var folder = Path.Combine(options.WorkFolder, $"write-{id}");
        try
        {
            var target = new ParquetTarget(folder, definition.Schema, definition.PartitionColumns, id, NowUs(options.Clock));
            var written = ParquetWriter.Write(connection, target, select, new ParquetOptions(), cancellation);
            var files = new List<DataFile>();
            foreach (var file in written)
            {
                var local = Path.Combine(folder, file.Key);
                var named = nameOf(local) is { } name ? file with { Key = Path.Combine(Path.GetDirectoryName(file.Key)!, name) } : file;
                await table.Lake.Store.UploadAsync($"{table.Path}/{named.Key}", local, cancellation);
                files.Add(named);
            }

            return files;
        }
        finally
        {
            if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        }
    }

    static string ContentName(string file)
    {
        using var bytes = File.OpenRead(file);
        return $"part-{Convert.ToHexStringLower(SHA256.HashData(bytes))[..32]}.zstd.parquet";
    }

    static long NowUs(TimeProvider clock) => (clock.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
}
