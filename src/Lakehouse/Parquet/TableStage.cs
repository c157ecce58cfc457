namespace Kafka.Stock.Lakehouse;

/// <summary>Rows of several partitions wait in a table in memory, from which each partition is picked; while its rows become files the
/// next table is filled.</summary>
sealed class TableStage : ILoadStage
{
    static int s_count;

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
    bool _finished;

    public TableStage(DuckDatabase database, ParquetTarget target, ParquetOptions options)
    {
        (_target, _options) = (target, options);
        _prefix = $"_kstock_load_{Interlocked.Increment(ref s_count)}_";
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

    public DuckChunk Chunk => _appender.Chunk;

    public void Flush(int rowCount) => _appender.Flush(rowCount);

    public void Write()
    {
        _appender.Complete();
        _appender.Dispose();
        _written.GetAwaiter().GetResult();
        var full = $"{_prefix}{_tableCount}";
        var target = _target with { FirstPart = _target.FirstPart + _files.Count };
        _written = Task.Factory.StartNew(
            () => WriteFiles(target, full), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        _appender = NextTable();
    }

    public IReadOnlyList<DataFile> Finish()
    {
        _written.GetAwaiter().GetResult();
        _finished = true;
        return _files;
    }

    public void Cancel() => _end.Cancel();

    public void Dispose()
    {
        _end.Cancel();
        _written.ContinueWith(static _ => { }, TaskScheduler.Default).Wait();
        _appender.Dispose();
        if (!_finished)
        {
            foreach (var file in _files) File.Delete(Path.Combine(_target.Folder, file.Key));
        }

        CloseConnections();
        _end.Dispose();
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
