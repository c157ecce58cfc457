namespace Kafka.Stock.Lakehouse;

/// <summary>A data file is no longer part of the table. It stays as a tombstone until no reader can need the file.</summary>
/// <param name="Path">As the log has it; see <see cref="AddFile.Path"/>.</param>
/// <param name="DeletedMs">When it was removed, ms since 1970 UTC; null where the log doesn't say, which counts as long ago.</param>
public sealed record RemoveFile(string Path, long? DeletedMs) : LogAction
{
    /// <summary>The path without its encoding.</summary>
    public string Key { get; } = LogPath.Decode(Path);

    /// <summary>False where the rows stay in the table, as after compaction.</summary>
    public bool IsDataChange { get; init; } = true;

    /// <summary>Of the removed file; null where the log doesn't say.</summary>
    public PartitionValues? PartitionValues { get; init; }

    /// <summary>Of the removed file; null where the log doesn't say.</summary>
    public long? SizeBytes { get; init; }

    /// <summary>The tombstone of a file, with all that is known of it.</summary>
    public static RemoveFile Of(AddFile file, long deletedMs, bool isDataChange) =>
        new(file.Path, deletedMs) { IsDataChange = isDataChange, PartitionValues = file.PartitionValues, SizeBytes = file.SizeBytes };
}
