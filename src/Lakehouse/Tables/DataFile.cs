namespace Kafka.Stock.Lakehouse;

/// <summary>A Parquet file that lies in the store below its table and isn't part of it yet.</summary>
/// <param name="Key">Its key below the table, such as <c>day=2024-01-02/part-….parquet</c>, not encoded.</param>
/// <param name="Schema">Columns in the file: those of the table without the partition columns; nullable ones may be absent.</param>
/// <param name="SizeBytes">Length of the file.</param>
/// <param name="ModifiedUs">When it was written, µs since 1970 UTC.</param>
public sealed record DataFile(string Key, StructType Schema, long SizeBytes, long ModifiedUs)
{
    /// <summary>Values of all partition columns; null values included.</summary>
    public PartitionValues PartitionValues { get; init; } = PartitionValues.None;

    /// <summary>Statistics as the log writes them; null where there are none.</summary>
    public string? StatsJson { get; init; }

    /// <summary>SHA-256 of the file, lower-case hex: readers of ours compare it. Null where nobody took it.</summary>
    public string? Sha256 { get; init; }

    /// <summary>The action that makes it part of the table.</summary>
    internal AddFile ToAdd(bool isDataChange) => new(LogPath.Encode(Key), PartitionValues, SizeBytes, ModifiedUs / 1000)
    {
        IsDataChange = isDataChange,
        StatsJson = StatsJson,
        TagsJson = Sha256 is null ? null : FileDigest.ToTags(Sha256),
    };
}
