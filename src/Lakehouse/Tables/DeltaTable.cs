using Kafka.Stock.Contracts;

namespace Kafka.Stock.Lakehouse;

/// <summary>A Delta table of a lake. Thread-safe: many transactions may be open at once, here and in other processes.</summary>
/// <remarks>Snapshots are immutable; <see cref="Snapshot"/> is the newest that this instance knows, and grows by its own commits and by
/// <see cref="RefreshAsync"/>.</remarks>
public sealed class DeltaTable
{
    const long OldUs = 24L * 3600 * 1_000_000;
    readonly Lock _lock = new();
    readonly LogUpkeep _upkeep;
    Snapshot _snapshot;

    internal DeltaTable(Lake lake, DeltaLog log, Snapshot snapshot)
    {
        (Lake, Log, _snapshot) = (lake, log, snapshot);
        _upkeep = new LogUpkeep(log, new CheckpointFiles(lake.Store, lake.Database, lake.Options), lake.Options);
    }

    /// <summary>The lake that the table lies in.</summary>
    public Lake Lake { get; }

    /// <summary>Its path in the lake.</summary>
    public string Path => Log.Table;

    /// <summary>The newest version that this instance knows.</summary>
    public Snapshot Snapshot
    {
        get
        {
            lock (_lock) return _snapshot;
        }
    }

    internal DeltaLog Log { get; }

    internal LakeOptions Options => Lake.Options;

    /// <summary>Reads what others have committed since.</summary>
    public async Task<Snapshot> RefreshAsync(CancellationToken cancellation) =>
        Publish(await Log.UpdateAsync(Snapshot, cancellation));

    /// <summary>The table at an earlier version, as long as the log has it.</summary>
    /// <exception cref="BrokenInputException">There is no such version, or its log has been cleaned up.</exception>
    public Task<Snapshot> AtVersionAsync(long version, CancellationToken cancellation) => Log.LoadAsync(version, cancellation);

    /// <summary>The table as it was at a time: the last version committed at or before it.</summary>
    /// <param name="timestampUs">µs since 1970 UTC, by the clock of the store.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <exception cref="BrokenInputException">The log doesn't reach back so far.</exception>
    public async Task<Snapshot> AtTimeAsync(long timestampUs, CancellationToken cancellation) =>
        await AtVersionAsync(await CommitTimes.VersionAtAsync(Log, Snapshot, timestampUs, cancellation), cancellation);

    /// <summary>The commits that the log still has, newest first.</summary>
    public IAsyncEnumerable<HistoryEntry> HistoryAsync(CancellationToken cancellation) =>
        CommitTimes.HistoryAsync(Log, Snapshot, cancellation);

    /// <summary>Rows of a version: by the statistics of its files, and where one has none by looking into that file.</summary>
    /// <exception cref="BrokenInputException">Such a file is missing or broken: names it.</exception>
    public async Task<long> CountRowsAsync(Snapshot snapshot, CancellationToken cancellation)
    {
        if (snapshot.RowCount is { } known) return known;
        var silent = snapshot.Files.Where(file => FileStatistics.ReadNumRecords(file.StatsJson) is null);
        using var scan = await TableScan.OfFilesAsync(this, snapshot, silent, cancellation);
        using var connection = Lake.Database.Connect();
        using var rows = connection.Query($"SELECT count(*) FROM {scan.Relation}", cancellation);
        rows.Read();
        return (long)rows[0].Whole(0) + snapshot.Files.Sum(file => FileStatistics.ReadNumRecords(file.StatsJson) ?? 0);
    }

    /// <summary>Begins a transaction on the newest version that is known.</summary>
    /// <exception cref="RefusedException">The table can be read and not written: names what is missing.</exception>
    public Transaction Begin() => Begin(Snapshot);

    /// <summary>Begins a transaction on a version that was read.</summary>
    public Transaction Begin(Snapshot read) => new(this, read);

    /// <summary>Appends files, and sets how far applications have come, in one commit.</summary>
    /// <param name="files">They lie in the store already.</param>
    /// <param name="progress">One of each application that the rows are from; empty for none.</param>
    /// <param name="cancellation">Stops between attempts.</param>
    /// <returns>Not new when the table already has all of this progress: so the same append can be tried again after any failure.</returns>
    /// <exception cref="ConflictException">The table has a part of the progress, or another writer of the same application came
    /// first.</exception>
    public Task<CommitResult> AppendAsync(
        IReadOnlyCollection<DataFile> files, IReadOnlyCollection<AppTransaction> progress, CancellationToken cancellation) =>
        WriteAsync(files, progress, isReplacing: false, cancellation);

    /// <summary>Replaces all files in one commit: readers see the old rows or the new, never a mixture.</summary>
    /// <exception cref="ConflictException">Another commit came in between.</exception>
    public Task<CommitResult> ReplaceAsync(
        IReadOnlyCollection<DataFile> files, IReadOnlyCollection<AppTransaction> progress, CancellationToken cancellation) =>
        WriteAsync(files, progress, isReplacing: true, cancellation);

    /// <summary>Adds columns at the end, in one commit.</summary>
    public Task<CommitResult> AddColumnsAsync(IEnumerable<StructField> columns, CancellationToken cancellation)
    {
        var transaction = Begin();
        foreach (var column in columns) transaction.AddColumn(column);
        return transaction.CommitAsync("ADD COLUMNS", null, cancellation);
    }

    /// <summary>Bins of small files that are better one file each.</summary>
    public IReadOnlyList<CompactionBin> PlanCompaction(CompactionOptions options) => CompactionPlan.Of(Snapshot, options);

    /// <summary>Puts compacted files in the place of others, in one commit that changes no row.</summary>
    /// <param name="read">The version that was planned upon.</param>
    /// <param name="bins">Each with the files that hold its rows now.</param>
    /// <param name="cancellation">Stops between attempts.</param>
    /// <exception cref="RefusedException">The rows of a bin and of its files are not equally many.</exception>
    public Task<CommitResult> CompactAsync(
        Snapshot read, IReadOnlyCollection<(CompactionBin Bin, IReadOnlyCollection<DataFile> Files)> bins, CancellationToken cancellation)
    {
        var transaction = Begin(read);
        foreach (var (bin, files) in bins)
        {
            bin.DemandSameRows(read.Where, files);
            foreach (var file in bin.Files) transaction.Remove(file, isDataChange: false);
            foreach (var file in files) transaction.Add(file, isDataChange: false);
        }

        return transaction.CommitAsync("OPTIMIZE", null, cancellation);
    }

    /// <summary>Deletes files that no version within retention needs.</summary>
    /// <exception cref="RefusedException">The table can't be written here: what its files mean may not be understood either.</exception>
    public async Task<VacuumReport> VacuumAsync(VacuumOptions options, CancellationToken cancellation) =>
        await Vacuum.RunAsync(this, await RefreshAsync(cancellation), options, cancellation);

    /// <summary>Writes a checkpoint of the newest known version, whatever its number.</summary>
    public Task CheckpointAsync(CancellationToken cancellation) => _upkeep.CheckpointAsync(Snapshot, cancellation);

    /// <summary>Deletes commits and checkpoints that are older than retention and held by a later checkpoint.</summary>
    /// <returns>Keys that were deleted.</returns>
    public Task<IReadOnlyList<string>> CleanUpLogAsync(CancellationToken cancellation) => _upkeep.CleanUpAsync(Snapshot, cancellation);

    /// <summary>The log may have been cleaned up beyond the snapshot since it was read.</summary>
    internal bool IsOld(Snapshot snapshot) => Options.NowUs() - snapshot.ReadUs > OldUs;

    internal async Task<CommitResult> CommittedAsync(Snapshot committed, int lostRaces, CancellationToken cancellation)
    {
        Publish(committed);
        var failure = await _upkeep.AfterCommitAsync(committed, cancellation);
        return new CommitResult(committed, IsNew: true) { LostRaces = lostRaces, UpkeepFailure = failure };
    }

    async Task<CommitResult> WriteAsync(
        IReadOnlyCollection<DataFile> files, IReadOnlyCollection<AppTransaction> progress, bool isReplacing, CancellationToken cancellation)
    {
        var read = Snapshot;
        var done = progress.Where(one => read.ProgressOf(one.AppId) >= one.Version).Select(one => one.AppId).ToList();
        if (done.Count > 0 && done.Count == progress.Count) return new CommitResult(read, IsNew: false);
        if (done.Count > 0)
        {
            throw new ConflictException(
                read.Where, $"progress of {string.Join(", ", done)} already there", "rows from behind what the table has");
        }

        var transaction = Begin(read);
        if (isReplacing) transaction.RemoveAll();
        foreach (var file in files) transaction.Add(file);
        foreach (var one in progress) transaction.SetProgress(one.AppId, one.Version);
        var mode = new SortedDictionary<string, string>(StringComparer.Ordinal) { ["mode"] = isReplacing ? "Overwrite" : "Append" };
        return await transaction.CommitAsync("WRITE", mode, cancellation);
    }

    Snapshot Publish(Snapshot newer)
    {
        lock (_lock)
        {
            var isNewer = (newer.Version, newer.ReadUs).CompareTo((_snapshot.Version, _snapshot.ReadUs)) > 0;
            return isNewer ? _snapshot = newer : _snapshot;
        }
    }
}
