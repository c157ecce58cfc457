using Kafka.Stock.Contracts;

namespace Kafka.Stock.Lakehouse;

/// <summary>The log of one table in a store: reads versions, writes commits. Knows files and races; decides nothing about rows.</summary>
sealed class DeltaLog(IObjectStore store, string table, CheckpointFiles checkpoints, LakeOptions options)
{
    const int ReadsAtOnce = 16;
    const int TriesMax = 4;
    const long DayUs = 24L * 3600 * 1_000_000;

    /// <summary>The store that all keys are of.</summary>
    public IObjectStore Store => store;

    /// <summary>Key of the table, empty where it is the store's root.</summary>
    public string Table => table;

    /// <summary>Key of the log folder with a slash at its end.</summary>
    public string Folder { get; } = table.Length == 0 ? $"{LogName.Folder}/" : $"{table}/{LogName.Folder}/";

    /// <summary>The table as a user names it.</summary>
    public string Where { get; } = table.Length == 0 ? store.Root : $"{store.Root}/{table}";

    /// <summary>True where the log has a commit or a checkpoint.</summary>
    public async Task<bool> ExistsAsync(CancellationToken cancellation)
    {
        await foreach (var entry in store.ListAsync(Folder, null, cancellation))
        {
            if (LogName.Parse(entry.Key[Folder.Length..]).Kind != LogNameKind.Stranger) return true;
        }

        return false;
    }

    /// <summary>The table at a version, by its newest checkpoint before it and the commits since.</summary>
    /// <param name="atVersion">Null for the newest.</param>
    /// <param name="cancellation">Stops the reading.</param>
    public async Task<Snapshot> LoadAsync(long? atVersion, CancellationToken cancellation)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                var nowUs = options.NowUs();
                var segment = await FindAsync(atVersion, cancellation);
                return await ReadAsync(segment, nowUs, cancellation);
            }
            catch (FileNotFoundException) when (tries < TriesMax)
            {
                // Cleanup ran between the listing and the reading: the next listing has a newer checkpoint.
            }
            catch (FileNotFoundException error)
            {
                throw new BrokenInputException(
                    $"{store.Root}/{error.FileName}", "no such file, though it was listed", "a file of the log", error);
            }
        }
    }

    /// <summary>The newest version, by the commits after one that is known.</summary>
    public async Task<Snapshot> UpdateAsync(Snapshot known, CancellationToken cancellation)
    {
        var nowUs = options.NowUs();
        // After so long a time the log may have been cleaned up to beyond the known version, which the next commit's absence can't tell.
        if (nowUs - known.ReadUs > DayUs) return await LoadAsync(null, cancellation);
        var next = await ReadCommitAsync(known.Version + 1, cancellation);
        if (next is null) return known.SeenAt(nowUs);
        var newer = known.Next(next, nowUs);
        var listing = await ListAsync(LogName.Commit(newer.Version), cancellation);
        var commits = listing.Where(entry => LogName.Parse(entry.Key[Folder.Length..]).Kind == LogNameKind.Commit).ToList();
        var state = newer.State;
        try
        {
            await foreach (var actions in ReadCommitsAsync(commits, newer.Version + 1, cancellation)) state = state.Apply(actions);
        }
        catch (FileNotFoundException)
        {
            return await LoadAsync(null, cancellation);
        }

        return Snapshot.Readable(Where, newer.Version + commits.Count, newer.CheckpointVersion, nowUs, state);
    }

    /// <summary>The actions of a version; null where there is no such commit.</summary>
    public async Task<IReadOnlyList<LogAction>?> ReadCommitAsync(long version, CancellationToken cancellation)
    {
        var key = Folder + LogName.Commit(version);
        var body = await store.GetAsync(key, cancellation);
        return body is null ? null : ActionReader.ReadCommit(body, $"{store.Root}/{key}");
    }

    /// <summary>Writes a version if it is still free.</summary>
    /// <param name="version">To be written.</param>
    /// <param name="commit">Its bytes.</param>
    /// <param name="txnId">By which the commit is known again where the store's answer was lost.</param>
    /// <param name="cancellation">Stops before the next attempt; a commit that was sent may be there.</param>
    /// <returns>False when another's commit has this version.</returns>
    public async Task<bool> TryCommitAsync(long version, ReadOnlyMemory<byte> commit, string txnId, CancellationToken cancellation)
    {
        var key = Folder + LogName.Commit(version);
        for (var tries = 1; ; tries++)
        {
            try
            {
                if (await store.PutIfAbsentAsync(key, commit, cancellation)) return true;
            }
            catch (Exception error) when (error is StockException or IOException && tries < TriesMax)
            {
                // The write may have happened or not, or may yet happen: what lies there now decides, and if nothing does, the
                // same bytes are sent again, so whichever write wins in the end is this commit.
                if (!await IsThereAsync(version, cancellation)) continue;
            }

            return await IsOursAsync(version, txnId, cancellation);
        }
    }

    /// <summary>Objects of the log folder after a name, strangers included, in order of key.</summary>
    public async Task<List<ObjectEntry>> ListAsync(string? startAfter, CancellationToken cancellation)
    {
        var listing = new List<ObjectEntry>();
        var after = startAfter is null ? null : Folder + startAfter;
        await foreach (var entry in store.ListAsync(Folder, after, cancellation)) listing.Add(entry);
        return listing;
    }

    async Task<bool> IsThereAsync(long version, CancellationToken cancellation) =>
        await store.HeadAsync(Folder + LogName.Commit(version), cancellation) is not null;

    async Task<bool> IsOursAsync(long version, string txnId, CancellationToken cancellation) =>
        await ReadCommitAsync(version, cancellation) is { } actions && actions.OfType<CommitInfo>().Any(info => info.TxnId == txnId);

    async Task<LogSegment> FindAsync(long? atVersion, CancellationToken cancellation)
    {
        var body = await store.GetAsync(Folder + LogName.LastCheckpoint, cancellation);
        var hint = body is null ? null : LastCheckpoint.ReadVersion(body);
        if (hint is { } version && !(version > atVersion))
        {
            var newer = await ListAsync(LogName.Padded(version), cancellation);
            if (LogSegment.HasCheckpoint(newer, Folder, atVersion)) return LogSegment.Choose(newer, Folder, atVersion, store.Root);
        }

        return LogSegment.Choose(await ListAsync(null, cancellation), Folder, atVersion, store.Root);
    }

    async Task<Snapshot> ReadAsync(LogSegment segment, long nowUs, CancellationToken cancellation)
    {
        var state = TableState.Empty;
        if (!segment.CheckpointParts.IsEmpty)
        {
            state = state.Apply(await checkpoints.ReadAsync(segment.CheckpointParts, cancellation));
            if (state.Protocol is not null && segment.Commits.IsEmpty) ProtocolSupport.DemandReadable(state.Protocol, Where);
        }

        var commits = ReadCommitsAsync(segment.Commits, segment.CheckpointVersion + 1, cancellation);
        await foreach (var actions in commits) state = state.Apply(actions);
        return Snapshot.Readable(Where, segment.Version, segment.CheckpointVersion, nowUs, state);
    }

    /// <summary>Reads ahead, a bounded number at a time, and gives them in order.</summary>
    async IAsyncEnumerable<IReadOnlyList<LogAction>> ReadCommitsAsync(
        IReadOnlyList<ObjectEntry> commits,
        long first,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        for (var start = 0; start < commits.Count; start += ReadsAtOnce)
        {
            var count = Math.Min(ReadsAtOnce, commits.Count - start);
            var bodies = await Task.WhenAll(Enumerable.Range(start, count).Select(i => store.GetAsync(commits[i].Key, cancellation)));
            for (var i = 0; i < count; i++)
            {
                var key = commits[start + i].Key;
                var expected = Folder + LogName.Commit(first + start + i);
                if (key != expected)
                {
                    throw new BrokenInputException(
                        $"{store.Root}/{expected}", $"no such file, though {key} is there", "every commit in turn");
                }

                var body = bodies[i] ?? throw new FileNotFoundException("listed, then gone", key);
                yield return ActionReader.ReadCommit(body, $"{store.Root}/{key}");
            }
        }
    }
}
