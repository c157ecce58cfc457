namespace Kafka.Stock.Lakehouse;

/// <summary>Rows of a table without partitions wait in the chunks in which they came, and a COPY reads them there: no table is filled.
/// </summary>
/// <remarks>A COPY that keeps the order of such rows works on one thread, so several files are written at a time.</remarks>
sealed class RowStage : ILoadStage
{
    /// <summary>Files that are written at a time: each holds all of its rows in memory.</summary>
    const int WritersMax = 3;

    readonly DuckDatabase _database;
    readonly ParquetTarget _target;
    readonly ParquetOptions _options;
    readonly DuckRowType _type;
    readonly List<Task<IReadOnlyList<DataFile>>> _files = [];
    readonly CancellationTokenSource _end = new();
    DuckRows _rows;
    bool _finished;

    public RowStage(DuckDatabase database, ParquetTarget target, ParquetOptions options)
    {
        (_database, _target, _options) = (database, target, options);
        using (var connection = database.Connect())
        {
            database.TakeRows(connection);
            _type = new DuckRowType(
                connection, [.. target.Schema.Fields.Select(field => (field.Name, ParquetType.SqlOf(field.Type)))]);
        }

        _rows = new DuckRows(_type);
        Chunk = _type.NewChunk();
    }

    public DuckChunk Chunk { get; private set; }

    public void Flush(int rowCount)
    {
        Chunk.End(rowCount);
        if (rowCount == 0) return;
        _rows.Add(Chunk);
        Chunk = _type.NewChunk();
    }

    public void Write()
    {
        var (part, rows) = (_files.Count, _rows);
        _rows = new DuckRows(_type);
        if (part >= WritersMax) _files[part - WritersMax].GetAwaiter().GetResult();
        _files.Add(Task.Factory.StartNew(
            () => WriteFile(part, rows), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default));
    }

    public IReadOnlyList<DataFile> Finish()
    {
        List<DataFile> files = [.. _files.SelectMany(file => file.GetAwaiter().GetResult())];
        _finished = true;
        return files;
    }

    public void Cancel() => _end.Cancel();

    public void Dispose()
    {
        _end.Cancel();
        foreach (var file in _files) file.ContinueWith(static _ => { }, TaskScheduler.Default).Wait();
        if (!_finished)
        {
            var written = _files.Where(file => file.IsCompletedSuccessfully).SelectMany(file => file.Result);
            foreach (var file in written) File.Delete(Path.Combine(_target.Folder, file.Key));
        }

        Chunk.Dispose();
        _rows.Dispose();
        _type.Dispose();
        _end.Dispose();
    }

    IReadOnlyList<DataFile> WriteFile(int part, DuckRows rows)
    {
        using (rows)
        {
            using var connection = _database.Connect();
            var target = _target with { FirstPart = _target.FirstPart + part };
            return ParquetWriter.WriteTable(connection, target, rows.Relation, _options, _end.Token);
        }
    }
}
