using System.Collections.Immutable;
using System.Globalization;
using Kafka.Stock.Contracts;

namespace Kafka.Stock.Lakehouse;

/// <summary>Changes to a table that become visible at once or not at all. Not thread-safe; used once.</summary>
/// <remarks>
/// What was read of <see cref="Read"/> has to be said (<see cref="ReadWholeTable"/>, <see cref="ReadFile"/>,
/// <see cref="ReadPartitions"/>): by that alone the commit knows which changes by others matter. Removing a file reads it.
/// </remarks>
public sealed class Transaction
{
    readonly DeltaTable _table;
    readonly List<LogAction> _actions = [];
    readonly HashSet<string> _keys = new(StringComparer.Ordinal);
    readonly ReadSet _reads = new();
    StructType _schema;
    MetadataAction _metadata;
    bool _isDone;

    internal Transaction(DeltaTable table, Snapshot read)
    {
        (_table, Read) = (table, read);
        (_schema, _metadata) = (read.Schema, read.Metadata);
        ProtocolSupport.DemandWritable(read.Protocol, read.Where);
    }

    /// <summary>The version that this transaction is built upon.</summary>
    public Snapshot Read { get; }

    /// <summary>The whole table was read: any change by others is a conflict.</summary>
    public void ReadWholeTable() => _reads.AddWholeTable();

    /// <summary>A file was read: its removal by others is a conflict.</summary>
    public void ReadFile(AddFile file) => _reads.Add(file);

    /// <summary>Partitions were read: files that come or go in them by others are a conflict.</summary>
    public void ReadPartitions(Func<PartitionValues, bool> partitions) => _reads.Add(partitions);

    /// <summary>Adds a file to the table.</summary>
    /// <param name="file">It lies in the store already, whole and durable.</param>
    /// <param name="isDataChange">False only where its rows were in the table before.</param>
    /// <exception cref="RefusedException">Its columns aren't the table's, or the table has a rule that can't be shown to hold.</exception>
    public void Add(DataFile file, bool isDataChange = true)
    {
        _ = LogPath.ToKey(_table.Path, LogPath.Encode(file.Key), _table.Lake.Store.Root);
        SchemaCheck.Demand($"{Read.Where}/{file.Key}", _schema, Read.PartitionColumns, file);
        if (!_keys.Add(file.Key)) throw new ArgumentException($"{file.Key} is added or removed twice in one commit", nameof(file));
        _actions.Add(file.ToAdd(isDataChange));
    }

    /// <summary>Removes a file from the table; it stays in the store until <see cref="DeltaTable.VacuumAsync"/>.</summary>
    /// <exception cref="RefusedException">The table is append-only, and rows would go.</exception>
    public void Remove(AddFile file, bool isDataChange = true)
    {
        if (!Read.Has(file)) throw new ArgumentException($"{file.Path} is no file of version {Read.Version}", nameof(file));
        if (isDataChange && TableProperties.IsAppendOnly(_metadata))
        {
            throw new RefusedException(Read.Where, $"the removal of {file.Path}", "additions alone: the table has delta.appendOnly=true");
        }

        if (!_keys.Add(file.Key)) throw new ArgumentException($"{file.Path} is added or removed twice in one commit", nameof(file));
        _reads.Add(file);
        _actions.Add(RemoveFile.Of(file, _table.Options.NowUs() / 1000, isDataChange));
    }

    /// <summary>Removes all files; the whole table counts as read.</summary>
    public void RemoveAll()
    {
        ReadWholeTable();
        foreach (var file in Read.Files) Remove(file);
    }

    /// <summary>Sets how far an application has come, with the rows of this commit.</summary>
    public void SetProgress(string appId, long version) =>
        _actions.Add(new AppTransaction(appId, version, _table.Options.NowUs() / 1000));

    /// <summary>Adds a column at the end; rows that are there have null in it.</summary>
    /// <exception cref="RefusedException">There is a column of this name, or the new one forbids null.</exception>
    public void AddColumn(StructField column)
    {
        if (_schema.Find(column.Name) is not null) throw new RefusedException(Read.Where, $"a column {column.Name} already", "a new name");
        if (!column.IsNullable) throw new RefusedException(Read.Where, $"new column {column.Name} that forbids null", "a nullable one");
        _schema = _schema.With(column);
        _ = new TableDefinition(_schema, Read.PartitionColumns).Validated(Read.Where);
        SetMetadata(_metadata with { SchemaString = SchemaJson.Write(_schema) });
    }

    /// <summary>Sets a table property; null takes it away.</summary>
    public void SetProperty(string name, string? value) => SetMetadata(_metadata with
    {
        Configuration = value is null ? _metadata.Configuration.Remove(name) : _metadata.Configuration.SetItem(name, value),
    });

    /// <summary>Makes the changes visible, as the next free version.</summary>
    /// <param name="operation">For the history, such as <c>WRITE</c>.</param>
    /// <param name="parameters">For the history.</param>
    /// <param name="cancellation">Stops between attempts; a commit that was sent may be there.</param>
    /// <exception cref="ConflictException">Others changed what this was built upon, or won every race.</exception>
    public async Task<CommitResult> CommitAsync(
        string operation, IReadOnlyDictionary<string, string>? parameters, CancellationToken cancellation)
    {
        if (_isDone) throw new InvalidOperationException("a transaction commits once");
        _isDone = true;
        var txnId = _table.Options.NewName();
        var commit = ActionWriter.WriteCommit([Info(operation, parameters, txnId), .. _actions]);
        var before = Read;
        if (_table.IsOld(before)) before = await CatchUpAsync(before, cancellation);
        for (var tries = 0; tries < _table.Options.CommitTriesMax; tries++)
        {
            cancellation.ThrowIfCancellationRequested();
            if (await _table.Log.TryCommitAsync(before.Version + 1, commit, txnId, cancellation))
            {
                return await _table.CommittedAsync(before.Next(_actions, _table.Options.NowUs()), tries, cancellation);
            }

            before = await CatchUpAsync(before, cancellation);
        }

        throw new ConflictException(
            $"{Read.Where}, version {before.Version + 1}",
            $"{_table.Options.CommitTriesMax} races lost to other writers",
            "fewer writers at once");
    }

    /// <summary>Goes on to the newest version, if each on the way leaves this commit valid.</summary>
    async Task<Snapshot> CatchUpAsync(Snapshot known, CancellationToken cancellation)
    {
        while (await _table.Log.ReadCommitAsync(known.Version + 1, cancellation) is { } winner)
        {
            ConflictCheck.Demand($"{Read.Where}, version {known.Version + 1}", winner, _actions, _reads, Read);
            known = known.Next(winner, _table.Options.NowUs());
        }

        if (!_table.IsOld(known)) return known;
        var newest = await _table.Log.LoadAsync(null, cancellation);
        if (newest.Version == known.Version) return newest;
        throw new ConflictException(
            $"{Read.Where}, version {newest.Version}",
            $"commits since version {known.Version} that were cleaned up",
            "a transaction begun anew");
    }

    void SetMetadata(MetadataAction metadata)
    {
        _actions.RemoveAll(action => action is MetadataAction);
        _actions.Insert(0, _metadata = metadata);
    }

    CommitInfo Info(string operation, IReadOnlyDictionary<string, string>? parameters, string txnId) => new()
    {
        TimestampMs = _table.Options.NowUs() / 1000,
        Operation = operation,
        OperationParameters = parameters is null ? LogMaps.Empty : LogMaps.Empty.AddRange(parameters),
        OperationMetrics = Metrics(),
        ReadVersion = Read.Version,
        IsBlindAppend = _reads.IsEmpty && !_actions.Exists(action => action is RemoveFile or MetadataAction),
        EngineInfo = _table.Options.EngineInfo,
        TxnId = txnId,
    };

    ImmutableSortedDictionary<string, string> Metrics()
    {
        var adds = _actions.OfType<AddFile>().ToList();
        var removes = _actions.OfType<RemoveFile>().ToList();
        var metrics = LogMaps.Empty
            .Add("numFiles", Number(adds.Count))
            .Add("numOutputBytes", Number(adds.Sum(add => add.SizeBytes)));
        var rows = adds.Select(add => FileStatistics.ReadNumRecords(add.StatsJson)).ToList();
        if (rows.TrueForAll(count => count is not null)) metrics = metrics.Add("numOutputRows", Number(rows.Sum() ?? 0));
        if (removes.Count == 0) return metrics;
        return metrics
            .Add("numRemovedFiles", Number(removes.Count))
            .Add("numRemovedBytes", Number(removes.Sum(remove => remove.SizeBytes ?? 0)));
    }

    static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
