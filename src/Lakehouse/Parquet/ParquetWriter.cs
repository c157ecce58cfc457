using Kafka.Stock.Contracts;

namespace Kafka.Stock.Lakehouse;

/// <summary>Writes the rows of a statement as data files of a table: zstd, one file a partition, rows in the order in which they
/// came.</summary>
public static class ParquetWriter
{
    /// <summary>Writes all rows of a SELECT. Its columns are found by name and cast to the table's types.</summary>
    /// <param name="connection">Where the SELECT runs.</param>
    /// <param name="target">The table's schema and where the files go.</param>
    /// <param name="select">One SELECT without a semicolon, with every column of the schema.</param>
    /// <param name="options">How files are cut.</param>
    /// <param name="cancellation">Ends it; no file is left then.</param>
    /// <returns>A file for each partition with a row, in order of the partitions' values; none for no rows.</returns>
    /// <exception cref="ConfigurationException">The SELECT is wrong, a value doesn't fit its column, or there are more partitions than
    /// allowed.</exception>
    /// <exception cref="BrokenInputException">A file can't be written, or one that is read is broken.</exception>
    /// <remarks>With partition columns the rows are kept in a temporary table first, which DuckDB moves to its temporary folder when
    /// memory is short, and read once a partition: cheap where rows of a partition lie together.</remarks>
    public static IReadOnlyList<DataFile> Write(
        DuckConnection connection, ParquetTarget target, string select, ParquetOptions options, CancellationToken cancellation)
    {
        target.Check();
        var rows = $"SELECT {Casts(target.Schema)} FROM ({select}\n)";
        if (target.PartitionColumns.Length == 0) return WriteTable(connection, target, $"({rows})", options, cancellation);
        const string Staged = "_kstock_staged_rows";
        connection.Execute($"CREATE OR REPLACE TEMP TABLE {Staged} AS {rows}", cancellation);
        try
        {
            return WriteTable(connection, target, Staged, options, cancellation);
        }
        finally
        {
            connection.Execute($"DROP TABLE {Staged}", CancellationToken.None);
        }
    }

    /// <summary>Writes a table, or a SELECT in brackets, whose columns have the schema's types already.</summary>
    internal static IReadOnlyList<DataFile> WriteTable(
        DuckConnection connection, ParquetTarget target, string table, ParquetOptions options, CancellationToken cancellation)
    {
        var files = new List<DataFile>();
        try
        {
            foreach (var values in PartitionsOf(connection, target, table, options, cancellation))
            {
                var rows = $"SELECT {Names(target.FileSchema)} FROM {table}{Where(target, values)}";
                var file = ParquetCopy.Write(connection, target, values, target.FirstPart + files.Count, rows, options, cancellation);
                if (file is not null) files.Add(file);
            }

            return files;
        }
        catch
        {
            foreach (var file in files) File.Delete(Path.Combine(target.Folder, file.Key));
            throw;
        }
    }

    static List<PartitionValues> PartitionsOf(
        DuckConnection connection, ParquetTarget target, string table, ParquetOptions options, CancellationToken cancellation)
    {
        if (target.PartitionColumns.Length == 0) return [PartitionValues.None];
        var fields = target.PartitionColumns.Select(column => target.Schema.Find(column)!).ToList();
        var values = string.Join(", ", fields.Select((field, i) => $"{PartitionSql.Same(field.Type, Sql.Name(field.Name))} AS v{i}"));
        var texts = string.Join(", ", fields.Select((field, i) => PartitionSql.ToText(field.Type, $"v{i}")));
        var found = new List<PartitionValues>();
        var distinct = $"SELECT DISTINCT {values} FROM {table} ORDER BY ALL NULLS FIRST";
        using var result = connection.Query($"SELECT {texts} FROM ({distinct})", cancellation);
        while (result.Read())
        {
            for (var row = 0; row < result.RowCount; row++) found.Add(ValuesOf(result, row, target));
        }

        if (found.Count > options.PartitionsMax)
        {
            throw new ConfigurationException("partitions of one write", $"{found.Count}", $"at most {options.PartitionsMax}");
        }

        return found;
    }

    static PartitionValues ValuesOf(DuckResult result, int row, ParquetTarget target)
    {
        var values = new (string, string?)[target.PartitionColumns.Length];
        for (var i = 0; i < values.Length; i++) values[i] = (target.PartitionColumns[i], result[i].Text(row));
        return PartitionValues.Of(values);
    }

    /// <summary>By typed comparisons, which DuckDB checks against the bounds of whole blocks of rows.</summary>
    static string Where(ParquetTarget target, PartitionValues values)
    {
        if (target.PartitionColumns.Length == 0) return "";
        return " WHERE " + string.Join(" AND ", target.PartitionColumns.Select(column =>
        {
            var type = target.Schema.Find(column)!.Type;
            if (values[column] is { } text) return $"{Sql.Name(column)} = {PartitionSql.Constant(type, text)}";
            return type == DeltaType.Text ? $"({Sql.Name(column)} IS NULL OR {Sql.Name(column)} = '')" : $"{Sql.Name(column)} IS NULL";
        }));
    }

    static string Casts(StructType schema) => string.Join(
        ", ", schema.Fields.Select(field => $"CAST({Sql.Name(field.Name)} AS {ParquetType.SqlOf(field.Type)}) AS {Sql.Name(field.Name)}"));

    static string Names(StructType schema) => string.Join(", ", schema.Fields.Select(field => Sql.Name(field.Name)));
}
