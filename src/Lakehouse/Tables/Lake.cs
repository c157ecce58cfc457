using Kafka.Stock.Contracts;

namespace Kafka.Stock.Lakehouse;

/// <summary>The Delta tables of one store, each under its path. Thread-safe.</summary>
/// <param name="store">Where they lie.</param>
/// <param name="database">Reads and writes Parquet; stays the caller's to dispose.</param>
/// <param name="options">How tables are written and kept.</param>
public sealed class Lake(IObjectStore store, DuckDatabase database, LakeOptions options)
{
    readonly LakeOptions _options = options.Validated();

    /// <summary>Where the tables lie.</summary>
    public IObjectStore Store => store;

    /// <summary>Reads and writes Parquet.</summary>
    public DuckDatabase Database => database;

    /// <summary>How tables are written and kept.</summary>
    public LakeOptions Options => _options;

    /// <summary>True where a table begins at this path.</summary>
    /// <param name="path">Such as <c>bronze/market</c>; empty for the store's root itself.</param>
    /// <param name="cancellation">Stops the look.</param>
    public Task<bool> HasAsync(string path, CancellationToken cancellation) => LogOf(path).ExistsAsync(cancellation);

    /// <summary>Opens a table at its newest version.</summary>
    /// <exception cref="BrokenInputException">No table, or a log that can't be read: names the file.</exception>
    /// <exception cref="RefusedException">The table needs a feature that isn't understood: names it.</exception>
    public async Task<DeltaTable> OpenAsync(string path, CancellationToken cancellation)
    {
        var log = LogOf(path);
        return new DeltaTable(this, log, await log.LoadAsync(null, cancellation));
    }

    /// <summary>Makes an empty table. Of several that try at once one makes it, and the others open it.</summary>
    /// <exception cref="RefusedException">There is a table of another schema or partitioning.</exception>
    public async Task<DeltaTable> OpenOrCreateAsync(string path, TableDefinition definition, CancellationToken cancellation)
    {
        var log = LogOf(path);
        if (!await log.ExistsAsync(cancellation)) await TableCreation.TryCreateAsync(log, definition, _options, cancellation);
        var table = await OpenAsync(path, cancellation);
        definition.DemandSame(table.Snapshot);
        return table;
    }

    DeltaLog LogOf(string path) => new(store, path, new CheckpointFiles(store, database, _options), _options);
}
