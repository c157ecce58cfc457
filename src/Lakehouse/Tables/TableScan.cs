using System.Text;
using Kafka.Stock.Contracts;

namespace Kafka.Stock.Lakehouse;

/// <summary>A version of a table as a relation of SQL. Files of a far store lie in the work folder until it is disposed.</summary>
public sealed class TableScan : IDisposable
{
    readonly List<string> _copies = [];

    TableScan()
    {
    }

    /// <summary>A query, to be put in parentheses after FROM: the table's columns in order, with the table's types.</summary>
    public string Query { get; private set; } = "";

    /// <summary>Makes the relation of all files of a snapshot, or of some of them.</summary>
    /// <param name="table">The table.</param>
    /// <param name="snapshot">Its version.</param>
    /// <param name="files">Files of it; null for all.</param>
    /// <param name="cancellation">Stops the fetching of files.</param>
    /// <exception cref="BrokenInputException">A data file is missing: names it.</exception>
    public static async Task<TableScan> OpenAsync(
        DeltaTable table, Snapshot snapshot, IReadOnlyCollection<AddFile>? files, CancellationToken cancellation)
    {
        var scan = new TableScan();
        try
        {
            await scan.BuildAsync(table, snapshot, files ?? [.. snapshot.Files], cancellation);
            return scan;
        }
        catch
        {
            scan.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var copy in _copies) File.Delete(copy);
        _copies.Clear();
    }

    async Task BuildAsync(DeltaTable table, Snapshot snapshot, IReadOnlyCollection<AddFile> files, CancellationToken cancellation)
    {
        var columns = snapshot.Schema.Fields;
        var query = new StringBuilder("SELECT ")
            .AppendJoin(", ", columns.Select(column => $"{Sql.Name(column.Name)}::{SqlType.Of(column.Type)} AS {Sql.Name(column.Name)}"))
            .Append(" FROM (SELECT ")
            .AppendJoin(", ", columns.Select(column => $"NULL::{SqlType.Of(column.Type)} AS {Sql.Name(column.Name)}"))
            .Append(" WHERE false");
        foreach (var partition in files.GroupBy(file => file.PartitionValues).OrderBy(group => group.Key, PartitionValues.Order))
        {
            var paths = new List<string>();
            foreach (var file in partition) paths.Add(Sql.PathLiteral(await LocalAsync(table, file, cancellation)));
            Append(query, snapshot, partition.Key, paths);
        }

        Query = query.Append(')').ToString();
    }

    /// <summary>BY NAME: files may lack columns that the table got later, and have them in any order.</summary>
    static void Append(StringBuilder query, Snapshot snapshot, PartitionValues values, List<string> paths)
    {
        var partitions = snapshot.PartitionColumns.Select(name => snapshot.Schema.Find(name)
            ?? throw new BrokenInputException(snapshot.Where, $"partition column {name} that isn't in the schema", "a column")).ToList();
        query.Append(" UNION ALL BY NAME SELECT ");
        if (partitions.Count == 0)
        {
            query.Append('*');
        }
        else
        {
            // Some writers keep the partition columns in the files, too: the log's values count.
            query.Append("COLUMNS(c -> lower(c) NOT IN (")
                .AppendJoin(", ", partitions.Select(column => $"lower({Sql.Literal(column.Name)})"))
                .Append("))");
        }

        foreach (var column in partitions)
        {
            query.Append(", ").Append(SqlType.Partition(column.Type, values[column.Name])).Append(" AS ").Append(Sql.Name(column.Name));
        }

        query.Append(" FROM read_parquet([").AppendJoin(", ", paths).Append("], hive_partitioning=false, union_by_name=true)");
    }

    async Task<string> LocalAsync(DeltaTable table, AddFile file, CancellationToken cancellation)
    {
        var key = LogPath.ToKey(table.Path, file.Path, table.Lake.Store.Root);
        var work = table.Options.WorkFolder;
        var local = await table.Lake.Store.LocalFileAsync(key, work, cancellation)
            ?? throw new BrokenInputException($"{table.Lake.Store.Root}/{key}", "no such file", $"a data file of version {table.Snapshot.Version}");
        if (Path.GetFullPath(local).StartsWith(Path.GetFullPath(work) + '/', StringComparison.Ordinal)) _copies.Add(local);
        return local;
    }
}
