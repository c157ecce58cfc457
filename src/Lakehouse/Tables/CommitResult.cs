namespace Kafka.Stock.Lakehouse;

/// <summary>How a commit ended.</summary>
/// <param name="Snapshot">The table with it.</param>
/// <param name="IsNew">False where nothing was written, because the table had the progress that it would have made.</param>
public sealed record CommitResult(Snapshot Snapshot, bool IsNew)
{
    /// <summary>Version of the table with it.</summary>
    public long Version => Snapshot.Version;

    /// <summary>Races for the version that others won before.</summary>
    public int LostRaces { get; init; }

    /// <summary>Why the checkpoint or the cleanup that was due failed; the commit stands, and the next checkpoint makes good.</summary>
    public Exception? UpkeepFailure { get; init; }
}
