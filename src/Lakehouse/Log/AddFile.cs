namespace Kafka.Stock.Lakehouse;

/// <summary>A data file becomes part of the table.</summary>
/// <param name="Path">As the log has it: relative to the table and percent-encoded once, or an absolute URI.</param>
/// <param name="PartitionValues">Of all its rows.</param>
/// <param name="SizeBytes">Length of the file.</param>
/// <param name="ModifiedMs">When it was written, ms since 1970 UTC, by its writer's word.</param>
public sealed record AddFile(string Path, PartitionValues PartitionValues, long SizeBytes, long ModifiedMs) : LogAction
{
    /// <summary>The path without its encoding: which file it is, for replay.</summary>
    public string Key { get; } = LogPath.Decode(Path);

    /// <summary>False where the rows were in the table before, as after compaction.</summary>
    public bool IsDataChange { get; init; } = true;

    /// <summary>Statistics as JSON text, as they were written; see <see cref="FileStatistics"/>. Null where there are none.</summary>
    public string? StatsJson { get; init; }

    /// <summary>Other writers' remarks, a JSON object; null where there are none.</summary>
    public string? TagsJson { get; init; }

    /// <summary>Rows of the file are marked as deleted: a reader feature, never ours.</summary>
    public bool HasDeletionVector { get; init; }
}
