using Kafka.Stock.Contracts;

namespace Kafka.Stock.Lakehouse;

/// <summary>A version of a table as a relation of SQL. Files of a far store lie in the work folder until it is disposed.</summary>
public sealed class TableScan : IDisposable
{
    readonly List<string> _copies;
    readonly IReadOnlyList<ScanFile> _files;
    readonly IReadOnlyList<string> _names;

    TableScan(ParquetScan scan, List<string> copies, List<string> names) =>
        (Relation, _files, _copies, _names) = (scan.Relation, scan.Files, copies, names);

    /// <summary>To stand behind FROM, in brackets already: the table's columns in order, with the table's types.</summary>
    public string Relation { get; }

    /// <summary>Files that are read; the others can't have a row that is asked for.</summary>
    public int FileCount => _files.Count;

    /// <summary>Local copies of far files, among those that <see cref="Relation"/> reads.</summary>
    public IReadOnlyCollection<string> Copies => _copies;

    /// <summary>Makes the relation of a snapshot.</summary>
    /// <param name="table">The table.</param>
    /// <param name="snapshot">Its version.</param>
    /// <param name="filters">Files without a row that satisfies all of these are left out. The rows of others all come: the conditions
    /// belong into the statement, too (<see cref="FileSkipping.ToSql"/>).</param>
    /// <param name="cancellation">Stops the fetching of files.</param>
    /// <exception cref="BrokenInputException">A data file is missing, or isn't what the log says: names it.</exception>
    public static Task<TableScan> OpenAsync(
        DeltaTable table, Snapshot snapshot, IReadOnlyList<RowFilter> filters, CancellationToken cancellation) => OfFilesAsync(
            table,
            snapshot,
            snapshot.Files.Where(file => filters.Count == 0
                || FileSkipping.MayMatch(snapshot.Schema, snapshot.PartitionColumns, filters, file.PartitionValues, file.StatsJson)),
            cancellation);

    /// <summary>Makes the relation of some files of a snapshot, in their order.</summary>
    /// <exception cref="BrokenInputException">A data file is missing, or isn't what the log says: names it.</exception>
    public static async Task<TableScan> OfFilesAsync(
        DeltaTable table, Snapshot snapshot, IEnumerable<AddFile> files, CancellationToken cancellation)
    {
        DemandPartitionColumns(snapshot);
        var (copies, local, names) = (new List<string>(), new List<ScanFile>(), new List<string>());
        try
        {
            foreach (var file in files)
            {
                var path = await LocalAsync(table, snapshot, file, cancellation);
                if (table.Options.IsCopy(path)) copies.Add(path);
                var name = $"{table.Lake.Store.Root}/{LogPath.ToKey(table.Path, file.Path, table.Lake.Store.Root)}";
                if (table.Options.VerifiesFiles) FileDigest.Demand(path, name, file);
                local.Add(new ScanFile(path, file.PartitionValues));
                names.Add(name);
            }

            return new TableScan(new ParquetScan(snapshot.Schema, snapshot.PartitionColumns, local), copies, names);
        }
        catch
        {
            foreach (var copy in copies) File.Delete(copy);
            throw;
        }
    }

    /// <summary>Which data file a failed statement failed at.</summary>
    /// <param name="database">Where it ran.</param>
    /// <param name="error">What it failed with.</param>
    /// <param name="cancellation">Ends the search.</param>
    /// <returns>A <see cref="BrokenInputException"/> that names the file as the store has it, or <paramref name="error"/> where it isn't
    /// one of broken data, or all files can be read.</returns>
    public Exception Named(DuckDatabase database, Exception error, CancellationToken cancellation)
    {
        if (!DuckErrors.MayBeOfData(error)) return error;
        var named = ParquetFaults.Named(database, _files, error, cancellation);
        if (ReferenceEquals(named, error) || named is not BrokenInputException broken) return error;
        var index = _files.Index().First(one => one.Item.Path == broken.Where).Index;
        return new BrokenInputException(_names[index], broken.Found, broken.Expected, error);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var copy in _copies) File.Delete(copy);
        _copies.Clear();
    }

    static async Task<string> LocalAsync(DeltaTable table, Snapshot snapshot, AddFile file, CancellationToken cancellation)
    {
        var store = table.Lake.Store;
        var key = LogPath.ToKey(table.Path, file.Path, store.Root);
        return await store.LocalFileAsync(key, table.Options.WorkFolder, cancellation)
            ?? throw new BrokenInputException($"{store.Root}/{key}", "no such file", $"a data file of version {snapshot.Version}");
    }

    static void DemandPartitionColumns(Snapshot snapshot)
    {
        foreach (var column in snapshot.PartitionColumns)
        {
            if (snapshot.Schema.Find(column)?.Name == column) continue;
            throw new BrokenInputException(snapshot.Where, $"partition column {column}, which isn't in the schema", "one of its columns");
        }
    }
}
