using System.Collections.Immutable;
using Kafka.Stock.Contracts;

namespace Kafka.Stock.Lakehouse;

/// <summary>A table at one version: its schema, its files, the progress of its applications. Immutable; safe to read from many
/// threads.</summary>
public sealed class Snapshot
{
    readonly Lazy<StructType> _schema;
    readonly Lazy<long?> _rows;

    internal Snapshot(string where, long version, long checkpointVersion, long readUs, TableState state)
    {
        (Where, Version, CheckpointVersion, ReadUs, State) = (where, version, checkpointVersion, readUs, state);
        Protocol = state.Protocol ?? throw Lacking(where, "protocol");
        Metadata = state.Metadata ?? throw Lacking(where, "metaData");
        _schema = new Lazy<StructType>(ReadSchema);
        _rows = new Lazy<long?>(SumRows);
    }

    /// <summary>The table, for messages: its folder or address.</summary>
    public string Where { get; }

    /// <summary>Number of the last commit in it.</summary>
    public long Version { get; }

    /// <summary>What the table asks of its readers and writers.</summary>
    public ProtocolAction Protocol { get; }

    /// <summary>Identity, schema string, partition columns, settings.</summary>
    public MetadataAction Metadata { get; }

    /// <summary>Columns in order, those of the partitioning included.</summary>
    /// <exception cref="BrokenInputException">The log has no schema, or a broken one.</exception>
    /// <exception cref="RefusedException">A type that isn't known.</exception>
    public StructType Schema => _schema.Value;

    /// <summary>False for a log that names no schema: its files can be told, and no row of them.</summary>
    public bool HasSchema => Metadata.SchemaString is not null;

    /// <summary>Names of the partition columns, in order.</summary>
    public ImmutableArray<string> PartitionColumns => Metadata.PartitionColumns;

    /// <summary>Number of active files.</summary>
    public int FileCount => State.Files.Count;

    /// <summary>Active files in the order of their paths' bytes.</summary>
    public IEnumerable<AddFile> Files => State.Files.Values;

    /// <summary>Removed files whose tombstones are still kept, in the order of their paths' bytes.</summary>
    public IEnumerable<RemoveFile> Tombstones => State.Tombstones.Values;

    /// <summary>Progress of applications, in order of their ids.</summary>
    public IEnumerable<AppTransaction> Transactions => State.Transactions.Values;

    /// <summary>Rows by the files' statistics; null where a file has none.</summary>
    public long? RowCount => _rows.Value;

    /// <summary>Of the checkpoint that it was read from; -1 where it was read from the log's beginning.</summary>
    internal long CheckpointVersion { get; }

    /// <summary>When the log was last asked for newer versions, µs since 1970 UTC by our clock.</summary>
    internal long ReadUs { get; }

    internal TableState State { get; }

    /// <summary>How far an application has come, by its own count; null before its first commit.</summary>
    public long? ProgressOf(string appId) => State.Transactions.TryGetValue(appId, out var txn) ? txn.Version : null;

    /// <summary>True when the file is active.</summary>
    public bool Has(AddFile file) => State.Files.ContainsKey(file.Key);

    /// <summary>The same version, known to be the newest at a later time.</summary>
    internal Snapshot SeenAt(long readUs) => new(Where, Version, CheckpointVersion, readUs, State);

    /// <summary>The next version.</summary>
    internal Snapshot Next(IEnumerable<LogAction> actions, long readUs) =>
        Readable(Where, Version + 1, CheckpointVersion, readUs, State.Apply(actions));

    /// <summary>A snapshot whose protocol is understood.</summary>
    internal static Snapshot Readable(string where, long version, long checkpointVersion, long readUs, TableState state)
    {
        if (state.Protocol is not null) ProtocolSupport.DemandReadable(state.Protocol, where);
        var snapshot = new Snapshot(where, version, checkpointVersion, readUs, state);
        if (state.HasDeletionVectors)
        {
            throw new RefusedException(where, "deletionVectors", "files without them, as reader version 1 has");
        }

        if (snapshot.Metadata.FormatProvider != "parquet")
        {
            throw new RefusedException(where, $"data files of format {snapshot.Metadata.FormatProvider}", "parquet");
        }

        return snapshot;
    }

    static BrokenInputException Lacking(string where, string action) =>
        new(where, $"no {action} action in the log", "one, as every Delta table has");

    StructType ReadSchema() => Metadata.SchemaString is { } json
        ? SchemaJson.Read(json, $"{Where}, schema at version {Version}")
        : throw new BrokenInputException(Where, $"no schema at version {Version}", "metaData.schemaString");

    long? SumRows()
    {
        long sum = 0;
        foreach (var file in Files)
        {
            if (FileStatistics.ReadNumRecords(file.StatsJson) is not { } rows) return null;
            sum += rows;
        }

        return sum;
    }
}
