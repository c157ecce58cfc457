using Kafka.Stock.Contracts;

namespace Kafka.Stock.Lakehouse;

/// <summary>Checkpoints, and the deletion of log files that they make superfluous.</summary>
sealed class LogUpkeep(DeltaLog log, CheckpointFiles checkpoints, LakeOptions options)
{
    const long DayUs = 24L * 3600 * 1_000_000;
    long _cleanedUs = long.MinValue;

    /// <summary>What is due after a commit. Its failure is no failure of the commit.</summary>
    /// <returns>The failure; null where all went well or nothing was due.</returns>
    public async Task<Exception?> AfterCommitAsync(Snapshot committed, CancellationToken cancellation)
    {
        if (committed.Version == 0 || committed.Version % options.CheckpointVersions != 0) return null;
        try
        {
            await CheckpointAsync(committed, cancellation);
            var nowUs = options.NowUs();
            if (nowUs - DayUs < _cleanedUs) return null;
            _cleanedUs = nowUs;
            await CleanUpAsync(committed, cancellation);
            return null;
        }
        catch (Exception error) when (error is StockException or IOException or UnauthorizedAccessException)
        {
            return error;
        }
    }

    /// <summary>Writes the checkpoint of a version, then says where it is.</summary>
    /// <exception cref="RefusedException">The table can be read and not written: a checkpoint from here might lack what isn't
    /// known.</exception>
    public async Task CheckpointAsync(Snapshot snapshot, CancellationToken cancellation)
    {
        ProtocolSupport.DemandWritable(snapshot.Protocol, snapshot.Where);
        var expiredMs = (options.NowUs() / 1000) - (options.FileRetentionDays * DayUs / 1000);
        var state = snapshot.State;
        var actions = new List<LogAction>(2 + state.Transactions.Count + state.Tombstones.Count + state.Files.Count)
        {
            snapshot.Protocol, snapshot.Metadata,
        };
        actions.AddRange(state.Transactions.Values);
        actions.AddRange(state.Tombstones.Values.Where(tombstone => tombstone.DeletedMs > expiredMs));
        actions.AddRange(state.Files.Values);
        var size = await checkpoints.WriteAsync(log.Folder + LogName.Checkpoint(snapshot.Version), actions, cancellation);
        var hint = await log.Store.GetAsync(log.Folder + LogName.LastCheckpoint, cancellation);
        if (hint is not null && LastCheckpoint.ReadVersion(hint) > snapshot.Version) return;
        var body = new LastCheckpoint(snapshot.Version, actions.Count, size, snapshot.FileCount).Write();
        await log.Store.PutAsync(log.Folder + LogName.LastCheckpoint, body, cancellation);
    }

    /// <summary>Deletes the log before the newest checkpoint that is older than retention and than all cited versions.</summary>
    /// <returns>Keys that were deleted, oldest first.</returns>
    public async Task<IReadOnlyList<string>> CleanUpAsync(Snapshot snapshot, CancellationToken cancellation)
    {
        ProtocolSupport.DemandWritable(snapshot.Protocol, snapshot.Where);
        var cited = await options.CitedVersions(log.Table, cancellation);
        var listing = await log.ListAsync(null, cancellation);
        var cutUs = options.NowUs() - (options.LogRetentionDays * DayUs);
        if (OldestToKeep(listing, cutUs, cited.Append(snapshot.Version).Min()) is not { } keep) return [];

        // What is deleted can't be made again, so the checkpoint that stands for it is read first.
        await log.LoadAsync(keep, cancellation);
        var deleted = new List<string>();
        foreach (var entry in listing)
        {
            var name = LogName.Parse(entry.Key[log.Folder.Length..]);
            if (name.Kind == LogNameKind.Stranger || name.Version >= keep) continue;
            await log.Store.DeleteAsync(entry.Key, cancellation);
            deleted.Add(entry.Key);
        }

        return deleted;
    }

    /// <summary>The newest version with a complete checkpoint at or before <paramref name="version"/> all of whose files are older than
    /// the cut: versions from there on stay readable.</summary>
    long? OldestToKeep(List<ObjectEntry> listing, long cutUs, long version)
    {
        var old = listing.Where(entry => entry.ModifiedUs < cutUs).ToList();
        return LogSegment.NewestCheckpoint(old, log.Folder, version);
    }
}
