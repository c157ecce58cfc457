using System.Collections.Immutable;
using System.Text;
using Kafka.Stock.Contracts;

namespace Kafka.Stock.Lakehouse;

/// <summary>Where the data files of one write go, and what they are called.</summary>
/// <param name="Folder">A local folder that stands for the table's: files lie below it in folders of their partition. Made where
/// it isn't there.</param>
/// <param name="Schema">The table's columns, in order, with the partition columns, which aren't written into files.</param>
/// <param name="PartitionColumns">Columns whose values are those of a whole file.</param>
/// <param name="Id">Part of the files' names, which nobody else uses in this table: letters, digits and <c>-</c>. From the content or
/// its origin where a rebuild is to give the same names.</param>
/// <param name="ModifiedUs">Their time in the log, µs since 1970 UTC.</param>
public sealed record ParquetTarget(string Folder, StructType Schema, ImmutableArray<string> PartitionColumns, string Id, long ModifiedUs)
{
    const int FolderNameBytesMax = 255;

    /// <summary>Number in the name of the first file; 0 by default.</summary>
    public int FirstPart { get; init; }

    /// <summary>What is in the files: the schema without the partition columns. Whether a column has nulls is for the statistics
    /// to say, so all are nullable here.</summary>
    public StructType FileSchema { get; } = new(
        [.. Schema.Fields.Where(field => !PartitionColumns.Contains(field.Name)).Select(AsNullable)]);

    /// <summary>Key below the table of a file: <c>interval=1d/year=2020/part-00000-ID.zstd.parquet</c>.</summary>
    internal string KeyOf(PartitionValues values, int part)
    {
        var name = $"part-{part:D5}-{Id}.zstd.parquet";
        if (PartitionColumns.Length == 0) return name;
        var folder = LogPath.PartitionFolder(PartitionColumns, values);
        foreach (var one in folder.Split('/'))
        {
            var bytes = Encoding.UTF8.GetByteCount(one);
            if (bytes <= FolderNameBytesMax) continue;
            throw new RefusedException(
                "partition value", $"{bytes} bytes with its column's name", $"at most {FolderNameBytesMax}, the longest name of a folder");
        }

        return $"{folder}/{name}";
    }

    /// <exception cref="InvalidOperationException">The id couldn't stand in a file's name, or a partition column isn't there.</exception>
    internal void Check()
    {
        if (Id.Length == 0 || !Id.All(one => char.IsAsciiLetterOrDigit(one) || one == '-'))
        {
            throw new InvalidOperationException($"found file id '{Id}'; expected letters, digits and '-'");
        }

        foreach (var column in PartitionColumns)
        {
            if (Schema.Find(column)?.Name != column) throw new InvalidOperationException($"found no column {column} to partition by");
        }

        if (FileSchema.Fields.Length == 0) throw new InvalidOperationException("a data file needs a column");
    }

    static StructField AsNullable(StructField field) => field with { Type = AsNullable(field.Type), IsNullable = true };

    static DeltaType AsNullable(DeltaType type) => type switch
    {
        StructType nested => new StructType([.. nested.Fields.Select(AsNullable)]),
        ArrayType array => new ArrayType(AsNullable(array.Element), ContainsNull: true),
        MapType map => new MapType(AsNullable(map.Key), AsNullable(map.Value), ValueContainsNull: true),
        _ => type,
    };
}
