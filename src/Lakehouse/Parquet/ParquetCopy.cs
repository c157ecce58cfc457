namespace Kafka.Stock.Lakehouse;

/// <summary>One data file by DuckDB's COPY.</summary>
static class ParquetCopy
{
    /// <summary>Writes the rows of a SELECT, whose columns are the file's.</summary>
    /// <returns>Null, and no file, where there are no rows.</returns>
    public static DataFile? Write(
        DuckConnection connection,
        ParquetTarget target,
        PartitionValues values,
        int part,
        string select,
        ParquetOptions options,
        CancellationToken cancellation)
    {
        var key = target.KeyOf(values, part);
        var path = Path.GetFullPath(Path.Combine(target.Folder, key));
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        try
        {
            var (rows, sizeBytes, statistics) = Copy(connection, target, select, path, options, cancellation);
            if (rows == 0)
            {
                File.Delete(path);
                return null;
            }

            return new DataFile(key, target.FileSchema, sizeBytes, target.ModifiedUs)
            {
                PartitionValues = values,
                StatsJson = ParquetStatistics.Json(target.FileSchema, rows, statistics),
                Sha256 = FileDigest.Of(path),
            };
        }
        catch
        {
            File.Delete(path);
            throw;
        }
    }

    static (long Rows, long SizeBytes, Dictionary<string, ParquetColumnFacts> Statistics) Copy(
        DuckConnection connection, ParquetTarget target, string select, string path, ParquetOptions options, CancellationToken cancellation)
    {
        using var result = connection.Query(
            $"""
            COPY ({select}) TO {Sql.Literal(path)}
            (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {options.GroupRows}, RETURN_STATS)
            """,
            cancellation);
        if (!result.Read()) throw new InvalidOperationException("DuckDB said nothing about the file that it wrote");
        var rows = (long)Column(result, "count").Whole(0);
        var sizeBytes = (long)Column(result, "file_size_bytes").Whole(0);
        return (rows, sizeBytes, Statistics(result, target.FileSchema));
    }

    static DuckVector Column(DuckResult result, string name)
    {
        for (var i = 0; i < result.Columns.Count; i++)
        {
            if (result.Columns[i].Name == name) return result[i];
        }

        throw new InvalidOperationException($"DuckDB's COPY doesn't say {name}");
    }

    /// <summary>A map from the column's name in quotes to a map of what is known; fields of nested columns are in it, too.</summary>
    static Dictionary<string, ParquetColumnFacts> Statistics(DuckResult result, StructType schema)
    {
        var facts = new Dictionary<string, ParquetColumnFacts>(StringComparer.Ordinal);
        var flat = schema.Fields.Where(field => field.Type is PrimitiveType or DecimalType)
            .Select(field => Sql.Name(field.Name)).ToHashSet(StringComparer.Ordinal);
        var column = Column(result, "column_statistics");
        var entries = column.Elements;
        var names = entries.Field(0);
        var values = entries.Field(1);
        var all = values.Elements;
        var keys = all.Field(0);
        var texts = all.Field(1);
        var range = column.ElementsOf(0);
        for (var entry = range.Start.Value; entry < range.End.Value; entry++)
        {
            var name = names.Text(entry)!;
            if (flat.Contains(name)) facts[name] = FactsOf(keys, texts, values.ElementsOf(entry));
        }

        return facts;
    }

    static ParquetColumnFacts FactsOf(DuckVector keys, DuckVector texts, Range range)
    {
        var nullCount = 0L;
        string? min = null, max = null;
        var hasNaN = false;
        for (var i = range.Start.Value; i < range.End.Value; i++)
        {
            var text = texts.Text(i);
            switch (keys.Text(i))
            {
                case "null_count": nullCount = long.Parse(text!, System.Globalization.CultureInfo.InvariantCulture); break;
                case "min": min = text; break;
                case "max": max = text; break;
                case "has_nan": hasNaN = text == "true"; break;
            }
        }

        return hasNaN ? new ParquetColumnFacts(nullCount, null, null) : new ParquetColumnFacts(nullCount, min, max);
    }
}
