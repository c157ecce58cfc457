namespace Kafka.Stock.Lakehouse;

/// <summary>Writes rows that the program has as data files: they wait in memory, and each time that they are enough they become files
/// while the next ones come.</summary>
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
    readonly ParquetOptions _options;
    readonly ILoadStage _stage;
    readonly int _rowBytes;
    int _waitingRows;
    long _waitingBytes;

    /// <summary>Begins a load. One thread fills it; others, its own, write.</summary>
    /// <param name="database">Writes the files. Rows wait for it several times over: those that come, and those of the files that
    /// are being written.</param>
    /// <param name="target">The table's schema and where the files go.</param>
    /// <param name="options">Rows and bytes that wait, and how files are cut.</param>
    public ParquetLoad(DuckDatabase database, ParquetTarget target, ParquetOptions options)
    {
        target.Check();
        _options = options;
        _stage = target.PartitionColumns.IsEmpty
            ? new RowStage(database, target, options)
            : new TableStage(database, target, options);
        foreach (var column in _stage.Chunk.Columns)
        {
            _rowBytes += DuckStorage.SizeOf(column.Storage) is > 0 and var size ? size : DuckStorage.TextSize;
        }
    }

    /// <summary>Rows of a chunk.</summary>
    public static int Capacity => DuckChunk.Capacity;

    /// <summary>The numbers of a column of the schema, to be written to, until the next <see cref="Flush"/>.</summary>
    public Span<T> Values<T>(int column) where T : unmanaged => _stage.Chunk.Values<T>(column);

    /// <summary>A text in UTF-8, or the bytes of a blob.</summary>
    public void SetBytes(int column, int row, ReadOnlySpan<byte> value)
    {
        if (value.Length > DuckStorage.InlineTextLength) _waitingBytes += value.Length;
        _stage.Chunk.SetBytes(column, row, value);
    }

    /// <summary>Leaves a row without a value.</summary>
    public void SetNull(int column, int row) => _stage.Chunk.SetNull(column, row);

    /// <summary>Hands the first rows of the chunk over. Waits where too many files are being written.</summary>
    public void Flush(int rowCount, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        _stage.Flush(rowCount);
        _waitingRows += rowCount;
        _waitingBytes += (long)rowCount * _rowBytes;
        if (_waitingRows < _options.LoadRows && _waitingBytes < _options.LoadBytes) return;
        _stage.Write();
        (_waitingRows, _waitingBytes) = (0, 0);
    }

    /// <summary>Writes what is left.</summary>
    /// <returns>All files, in the order of their rows; rows of a partition may be in several.</returns>
    public IReadOnlyList<DataFile> Complete(CancellationToken cancellation)
    {
        using var interruption = cancellation.Register(_stage.Cancel);
        _stage.Write();
        return _stage.Finish();
    }

    /// <inheritdoc/>
    public void Dispose() => _stage.Dispose();
}
