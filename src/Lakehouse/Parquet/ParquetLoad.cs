namespace Kafka.Stock.Lakehouse;

/// <summary>Writes rows that the program has as data files: they go into a table in memory, and each time that it is full its rows
/// become files while the next table is filled.</summary>
/// <example><code>
/// using var load = new ParquetLoad(database, target, new ParquetOptions());
/// while (...)
/// {
///     timesUs.CopyTo(load.Values&lt;long&gt;(0));
///     load.Flush(timesUs.Length, cancellation);
/// }
/// var files = load.Complete(cancellation);
/// </code></example>
public sealed class ParquetLoad : IDisposable
{
    static int s_loadCount;

    readonly ParquetTarget _target;
    readonly ParquetOptions _options;
    readonly DuckConnection _filling;
    readonly DuckConnection _writing;
    readonly string _prefix;
    readonly string _columns;
    readonly List<DataFile> _files = [];
    readonly CancellationTokenSource _end = new();
    DuckAppender _appender;
    Task _written = Task.CompletedTask;
    int _tableCount;
    int _rowsInTable;
    bool _completed;

    /// <summary>Begins a load. One thread fills it; another one, its own, writes.</summary>
    /// <param name="database">Where the tables in memory lie. Two of them exist at a time.</param>
    /// <param name="target">The table's schema and where the files go.</param>
    /// <param name="options">Rows of a table, and how files are cut.</param>
    public ParquetLoad(DuckDatabase database, ParquetTarget target, ParquetOptions options)
    {
        target.Check();
        _target = target;
        _options = options;
        _prefix = $"_kstock_load_{Interlocked.Increment(ref s_loadCount)}_";
        _columns = string.Join(", ", target.Schema.Fields.Select(field => $"{Sql.Name(field.Name)} {ParquetType.SqlOf(field.Type)}"));
        _filling = database.Connect();
        _writing = database.Connect();
        try
        {
            _appender = NextTable();
        }
        catch
        {
            CloseConnections();
            throw;
        }
    }

    /// <summary>Rows of a chunk.</summary>
    public static int Capacity => DuckAppender.Capacity;

    /// <summary>The numbers of a column of the schema, to be written to, until the next <see cref="Flush"/>.</summary>
    public Span<T> Values<T>(int column) where T : unmanaged => _appender.Values<T>(column);

    /// <summary>A text in UTF-8, or the bytes of a blob.</summary>
    public void SetBytes(int column, int row, ReadOnlySpan<byte> value) => _appender.SetBytes(column, row, value);

    /// <summary>Leaves a row without a value.</summary>
    public void SetNull(int column, int row) => _appender.SetNull(column, row);

    /// <summary>Hands the first rows of the chunk over. Waits where both tables are full.</summary>
    public void Flush(int rowCount, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        _appender.Flush(rowCount);
        _rowsInTable += rowCount;
        if (_rowsInTable >= _options.LoadRows) Rotate();
    }

    /// <summary>Writes what is left.</summary>
    /// <returns>All files, in the order in which they were written; rows of a partition may be in several.</returns>
    public IReadOnlyList<DataFile> Complete(CancellationToken cancellation)
    {
        using var interruption = cancellation.Register(_end.Cancel);
        Rotate();
        _written.GetAwaiter().GetResult();
        _completed = true;
        return _files;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _end.Cancel();
        _written.ContinueWith(static _ => { }, TaskScheduler.Default).Wait();
        _appender.Dispose();
        if (!_completed)
        {
            foreach (var file in _files) File.Delete(Path.Combine(_target.Folder, file.Key));
        }

        CloseConnections();
        _end.Dispose();
    }

    void Rotate()
    {
        _appender.Complete();
        _appender.Dispose();
        _written.GetAwaiter().GetResult();
        var full = $"{_prefix}{_tableCount}";
        _rowsInTable = 0;
        var target = _target with { FirstPart = _target.FirstPart + _files.Count };
        _written = Task.Factory.StartNew(
            () => WriteFiles(target, full), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        _appender = NextTable();
    }

    DuckAppender NextTable()
    {
        var table = $"{_prefix}{++_tableCount}";
        _filling.Execute($"CREATE TABLE {table} ({_columns})");
        return _filling.Append(table);
    }

    void WriteFiles(ParquetTarget target, string table)
    {
        _files.AddRange(ParquetWriter.WriteTable(_writing, target, table, _options, _end.Token));
        _writing.Execute($"DROP TABLE {table}", CancellationToken.None);
    }

    void CloseConnections()
    {
        _writing.Dispose();
        for (var i = 1; i <= _tableCount; i++) _filling.Execute($"DROP TABLE IF EXISTS {_prefix}{i}", CancellationToken.None);
        _filling.Dispose();
    }
}
