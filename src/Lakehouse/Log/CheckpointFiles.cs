using System.Collections.Immutable;
using System.Text.Json;
using Kafka.Stock.Contracts;

namespace Kafka.Stock.Lakehouse;

/// <summary>Checkpoints as Parquet files: the state of a table in rows of one action each.</summary>
/// <remarks>Delta protocol, "Checkpoints". Written with the statistics as JSON, read with them as JSON or as columns.</remarks>
sealed class CheckpointFiles(IObjectStore store, DuckDatabase database, LakeOptions options)
{
    static readonly ImmutableArray<string> s_few = ["protocol", "metaData", "txn"];

    /// <summary>The actions of a checkpoint, of all its parts.</summary>
    /// <exception cref="BrokenInputException">A part that is no Parquet file of a checkpoint: names it.</exception>
    /// <exception cref="FileNotFoundException">A part is gone; its file name is the object's key.</exception>
    public async Task<IReadOnlyList<LogAction>> ReadAsync(ImmutableArray<ObjectEntry> parts, CancellationToken cancellation)
    {
        var actions = new List<LogAction>();
        foreach (var part in parts)
        {
            var file = await store.LocalFileAsync(part.Key, options.WorkFolder, cancellation)
                ?? throw new FileNotFoundException("listed, then gone", part.Key);
            var where = $"{store.Root}/{part.Key}";
            try
            {
                ReadFile(file, where, actions, cancellation);
            }
            catch (Exception error) when (error is StockException { Found: var found } and not RefusedException)
            {
                throw new BrokenInputException(where, found, "a Delta checkpoint in Parquet", error);
            }
            finally
            {
                if (options.IsCopy(file)) File.Delete(file);
            }
        }

        return actions;
    }

    /// <summary>Writes the checkpoint of a version, whole or not at all.</summary>
    /// <param name="key">The object to write.</param>
    /// <param name="actions">Its rows.</param>
    /// <param name="cancellation">Stops before the upload.</param>
    /// <returns>Length of the file.</returns>
    public async Task<long> WriteAsync(string key, IEnumerable<LogAction> actions, CancellationToken cancellation)
    {
        Directory.CreateDirectory(options.WorkFolder);
        var file = Path.Combine(options.WorkFolder, $"checkpoint-{options.NewName()}.parquet");
        try
        {
            long length;
            using (var target = new FileStream(file, FileMode.CreateNew, FileAccess.Write, FileShare.Read, bufferSize: 1 << 16))
            {
                CheckpointRows.Write(actions, target, cancellation);
                length = target.Length;
            }

            await store.UploadAsync(key, file, cancellation);
            return length;
        }
        finally
        {
            File.Delete(file);
        }
    }

    void ReadFile(string file, string where, List<LogAction> actions, CancellationToken cancellation)
    {
        using var connection = database.Connect();
        var source = $"read_parquet({Sql.PathLiteral(file)}, hive_partitioning=false)";
        var columns = ReadColumns(connection, source, cancellation);
        ReadFew(connection, source, columns, where, actions, cancellation);
        if (columns.TryGetValue("add", out var add)) ReadAdds(connection, source, add, actions, cancellation);
        if (columns.TryGetValue("remove", out var remove)) ReadRemoves(connection, source, remove, actions, cancellation);
    }

    /// <summary>Columns of the file, each with the names of its fields: writers leave out what they don't have.</summary>
    static Dictionary<string, HashSet<string>> ReadColumns(DuckConnection connection, string source, CancellationToken cancellation)
    {
        var columns = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        using var rows = connection.Query($"SELECT column_name, column_type FROM (DESCRIBE SELECT * FROM {source})", cancellation);
        while (rows.Read())
        {
            for (var row = 0; row < rows.RowCount; row++) columns[rows[0].Text(row)!] = [.. StructFieldNames.Of(rows[1].Text(row)!)];
        }

        return columns;
    }

    /// <summary>Protocol, metadata and transactions: few, so they go through JSON and the reader of commits.</summary>
    static void ReadFew(
        DuckConnection connection,
        string source,
        Dictionary<string, HashSet<string>> columns,
        string where,
        List<LogAction> actions,
        CancellationToken cancellation)
    {
        var there = s_few.Where(columns.ContainsKey).Select(Sql.Name).ToList();
        if (there.Count == 0) return;
        var any = string.Join(" OR ", there.Select(column => $"{column} IS NOT NULL"));
        using var rows = connection.Query(
            $"SELECT to_json({{{string.Join(", ", there.Select(column => $"{column}: {column}"))}}})::VARCHAR FROM {source} WHERE {any}",
            cancellation);
        while (rows.Read())
        {
            for (var row = 0; row < rows.RowCount; row++) actions.AddRange(ActionReader.ReadCommit(rows[0].Bytes(row), where));
        }
    }

    static void ReadAdds(
        DuckConnection connection, string source, HashSet<string> has, List<LogAction> actions, CancellationToken cancellation)
    {
        var stats = (has.Contains("stats"), has.Contains("stats_parsed")) switch
        {
            (true, true) => "coalesce(add.stats, to_json(add.stats_parsed)::VARCHAR)",
            (true, false) => "add.stats",
            (false, true) => "to_json(add.stats_parsed)::VARCHAR",
            _ => "NULL::VARCHAR",
        };
        string Field(string name, string type) => has.Contains(name) ? $"add.{name}::{type}" : $"NULL::{type}";
        using var rows = connection.Query(
            $"SELECT add.path::VARCHAR, {PartitionMap("add", has)}, {Field("size", "BIGINT")}, {Field("modificationTime", "BIGINT")},"
            + $" {stats}, {(has.Contains("tags") ? "to_json(add.tags)::VARCHAR" : "NULL::VARCHAR")},"
            + $" {(has.Contains("deletionVector") ? "add.deletionVector.storageType IS NOT NULL" : "false")}"
            + $" FROM {source} WHERE add.path IS NOT NULL",
            cancellation);
        while (rows.Read())
        {
            var sizes = rows[2].Values<long>();
            var times = rows[3].Values<long>();
            var marks = rows[6].Values<byte>();
            for (var row = 0; row < rows.RowCount; row++)
            {
                var values = ReadValues(rows[1].Bytes(row));
                actions.Add(new AddFile(rows[0].Text(row)!, values, OrZero(rows[2], sizes, row), OrZero(rows[3], times, row))
                {
                    IsDataChange = false,
                    StatsJson = rows[4].Text(row),
                    TagsJson = rows[5].Text(row),
                    HasDeletionVector = marks[row] != 0,
                });
            }
        }
    }

    static void ReadRemoves(
        DuckConnection connection, string source, HashSet<string> has, List<LogAction> actions, CancellationToken cancellation)
    {
        string Field(string name) => has.Contains(name) ? $"remove.{name}::BIGINT" : "NULL::BIGINT";
        using var rows = connection.Query(
            $"SELECT remove.path::VARCHAR, {Field("deletionTimestamp")}, {PartitionMap("remove", has)}, {Field("size")}"
            + $" FROM {source} WHERE remove.path IS NOT NULL",
            cancellation);
        while (rows.Read())
        {
            var times = rows[1].Values<long>();
            var sizes = rows[3].Values<long>();
            for (var row = 0; row < rows.RowCount; row++)
            {
                actions.Add(new RemoveFile(rows[0].Text(row)!, rows[1].IsNull(row) ? null : times[row])
                {
                    IsDataChange = false,
                    PartitionValues = rows[2].IsNull(row) ? null : ReadValues(rows[2].Bytes(row)),
                    SizeBytes = rows[3].IsNull(row) ? null : sizes[row],
                });
            }
        }
    }

    static string PartitionMap(string action, HashSet<string> has) =>
        has.Contains("partitionValues") ? $"to_json({action}.partitionValues)::VARCHAR" : "NULL::VARCHAR";

    static long OrZero(DuckVector vector, ReadOnlySpan<long> values, int row) => vector.IsNull(row) ? 0 : values[row];

    static PartitionValues ReadValues(ReadOnlySpan<byte> json)
    {
        if (json.IsEmpty || json.SequenceEqual("{}"u8)) return PartitionValues.None;
        var reader = new Utf8JsonReader(json);
        reader.Read();
        return ActionReader.ReadPartitionValues(ref reader);
    }
}
