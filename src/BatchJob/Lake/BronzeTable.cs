using Kafka.Stock.Lakehouse;

namespace Kafka.Stock.BatchJob;

/// <summary>A bronze table that takes the records of one topic, each exactly once: a commit carries its rows and, by partition, the
/// offset of the last of them.</summary>
/// <remarks>Not thread-safe: a topic has one reader.</remarks>
public sealed class BronzeTable : IDisposable
{
    static readonly int s_epochDay = DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber;
    static int s_count;

    readonly DeltaTable _table;
    readonly IBronzeRows _rows;
    readonly DuckConnection _filling;
    readonly DuckConnection _writing;
    readonly string _stage;
    readonly Dictionary<(string Topic, int Partition), long> _last = [];
    DuckAppender _chunk;
    int _rowsInChunk;

    BronzeTable(DeltaTable table, IBronzeRows rows)
    {
        (_table, _rows) = (table, rows);
        _stage = $"_kstock_bronze_{Interlocked.Increment(ref s_count)}";
        _filling = table.Lake.Database.Connect();
        _writing = table.Lake.Database.Connect();
        var columns = rows.StageColumns.Select(column => $"{Sql.Name(column.Name)} {column.SqlType}");
        _filling.Execute($"CREATE TABLE {_stage} ({string.Join(", ", columns)})");
        _chunk = _filling.Append(_stage);
    }

    /// <summary>Path of the table in the lake.</summary>
    public string Path => _table.Path;

    /// <summary>Rows since the last commit.</summary>
    public long WaitingRows { get; private set; }

    /// <summary>Rows of all commits of this object.</summary>
    public long CommittedRows { get; private set; }

    /// <summary>Commits of this object.</summary>
    public int Commits { get; private set; }

    /// <summary>Opens the table, or makes it.</summary>
    /// <param name="lake">The lake.</param>
    /// <param name="path">One of <see cref="LakeTables.Synced"/>.</param>
    /// <param name="cancellation">Stops it.</param>
    public static async Task<BronzeTable> OpenAsync(Lake lake, string path, CancellationToken cancellation)
    {
        var rows = RowsOf(path, () => DateOnly.FromDateTime(lake.Options.Clock.GetUtcNow().UtcDateTime).DayNumber - s_epochDay);
        return new BronzeTable(await lake.OpenOrCreateAsync(path, rows.Definition, cancellation), rows);
    }

    /// <summary>The offset to go on with: the one after the last that is in the table, 0 for none.</summary>
    public long NextOffset(string topic, int partition) => (_table.Snapshot.ProgressOf(AppId(topic, partition)) ?? -1) + 1;

    /// <summary>Takes a record; one that the table has already is left out.</summary>
    public void Add(in LakeRecord record)
    {
        if (!_last.TryGetValue((record.Topic, record.Partition), out var last)) last = NextOffset(record.Topic, record.Partition) - 1;
        if (record.Offset <= last) return;
        _last[(record.Topic, record.Partition)] = record.Offset;
        _rows.Fill(_chunk, _rowsInChunk++, record);
        WaitingRows++;
        if (_rowsInChunk == DuckAppender.Capacity) FlushChunk();
    }

    /// <summary>Makes what was taken part of the table, with the progress, in one commit.</summary>
    /// <exception cref="ConflictException">Another sync of the same topic came first.</exception>
    public async Task CommitAsync(CancellationToken cancellation)
    {
        if (WaitingRows == 0) return;
        FlushChunk();
        _chunk.Complete();
        _chunk.Dispose();
        var select = $"SELECT {_rows.Select} FROM (SELECT * FROM {_stage} ORDER BY topic, partition, \"offset\")";
        var files = await LayerFiles.WriteAsync(_table, _rows.Definition, _writing, select, cancellation);
        var progress = _last.Where(one => one.Value >= NextOffset(one.Key.Topic, one.Key.Partition))
            .Select(one => new AppTransaction(AppId(one.Key.Topic, one.Key.Partition), one.Value, null))
            .OrderBy(one => one.AppId, StringComparer.Ordinal).ToList();
        await _table.AppendAsync(files, progress, cancellation);
        _filling.Execute($"TRUNCATE {_stage}", CancellationToken.None);
        _chunk = _filling.Append(_stage);
        CommittedRows += WaitingRows;
        WaitingRows = 0;
        Commits++;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _chunk.Dispose();
        _filling.Execute($"DROP TABLE IF EXISTS {_stage}", CancellationToken.None);
        _filling.Dispose();
        _writing.Dispose();
    }

    internal static IBronzeRows RowsOf(string path, Func<int> dayNumber) => path switch
    {
        LakeTables.Market => new MarketRows(dayNumber),
        LakeTables.Raw => new RawRows(dayNumber),
        LakeTables.MicroBatches => new MicroBatchRows(dayNumber),
        LakeTables.Forecasts => new ForecastRows(dayNumber),
        LakeTables.Scores => new ScoreRows(dayNumber),
        _ => throw new ArgumentException($"{path} is no bronze table", nameof(path)),
    };

    string AppId(string topic, int partition) => LakeProgress.AppId(_table.Path, topic, partition);

    void FlushChunk()
    {
        _chunk.Flush(_rowsInChunk);
        _rowsInChunk = 0;
    }
}
