namespace Kafka.Stock.Lakehouse;

/// <summary>Rows of a statement, one chunk at a time, made while they are read: memory for a chunk, not for all.</summary>
/// <example><code>
/// using var result = connection.Query("SELECT symbol, price FROM ticks");
/// while (result.Read())
/// {
///     var prices = result[1].Values&lt;long&gt;();
///     for (var row = 0; row &lt; result.RowCount; row++) ...
/// }
/// </code></example>
public sealed class DuckResult : IDisposable
{
    readonly DuckConnection _connection;
    readonly DuckResultHandle _handle;
    readonly CancellationTokenRegistration _interruption;
    readonly CancellationToken _cancellation;
    readonly DuckColumn[] _columns;
    DuckChunkHandle? _chunk;
    bool _ended;

    internal DuckResult(
        DuckConnection connection, DuckResultHandle handle, CancellationTokenRegistration interruption, CancellationToken cancellation)
    {
        _connection = connection;
        _handle = handle;
        _interruption = interruption;
        _cancellation = cancellation;
        _columns = ReadColumns(handle);
    }

    /// <summary>Columns in order.</summary>
    public IReadOnlyList<DuckColumn> Columns => _columns;

    /// <summary>Rows in the current chunk, 0 before the first.</summary>
    public int RowCount { get; private set; }

    /// <summary>Rows that an INSERT, UPDATE, DELETE or COPY wrote; 0 for others.</summary>
    internal long RowsChanged => (long)DuckMethods.RowsChanged(_handle);

    /// <summary>DuckDB's own types of the columns; to be disposed by the caller.</summary>
    internal DuckTypeHandle[] TakeTypes() =>
        [.. Enumerable.Range(0, _columns.Length).Select(i => new DuckTypeHandle(DuckMethods.ColumnLogicalType(_handle, (ulong)i)))];

    /// <summary>Values of a column in the current chunk; they are gone after the next <see cref="Read"/>.</summary>
    public DuckVector this[int column]
    {
        get
        {
            if ((uint)column >= (uint)_columns.Length) throw new ArgumentOutOfRangeException(nameof(column), column, "no such column");
            if (_chunk is null) throw new InvalidOperationException("no chunk: Read comes first, and has to return true");
            return new DuckVector(DuckMethods.ChunkVector(_chunk, (ulong)column), _columns[column], RowCount);
        }
    }

    /// <summary>Goes to the next chunk, which has at least one row.</summary>
    /// <returns>False at the end.</returns>
    public bool Read()
    {
        ObjectDisposedException.ThrowIf(_handle.IsClosed, this);
        _chunk?.Dispose();
        _chunk = null;
        RowCount = 0;
        while (!_ended)
        {
            _cancellation.ThrowIfCancellationRequested();
            var pointer = DuckMethods.FetchChunk(_handle.Data);
            if (pointer == 0)
            {
                _ended = true;
                var error = DuckMethods.Text(DuckMethods.ResultError(_handle));
                if (error.Length > 0) throw DuckErrors.Of(error, _cancellation);
                return false;
            }

            _chunk = new DuckChunkHandle(pointer);
            RowCount = (int)DuckMethods.ChunkSize(_chunk);
            if (RowCount > 0) return true;
            _chunk.Dispose();
            _chunk = null;
        }

        return false;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _interruption.Dispose();
        _chunk?.Dispose();
        _chunk = null;
        if (!_ended && !_handle.IsClosed && DuckMethods.IsStreaming(_handle.Data)) EndStatement();
        _handle.Dispose();
        _connection.Closed(this);
    }

    /// <summary>Without it DuckDB's threads would go on with the statement until the next one.</summary>
    void EndStatement()
    {
        _ended = true;
        _connection.Interrupt();
        while (DuckMethods.FetchChunk(_handle.Data) is var pointer and not 0) new DuckChunkHandle(pointer).Dispose();
    }

    static DuckColumn[] ReadColumns(DuckResultHandle handle)
    {
        var columns = new DuckColumn[DuckMethods.ColumnCount(handle)];
        for (var i = 0; i < columns.Length; i++)
        {
            using var type = new DuckTypeHandle(DuckMethods.ColumnLogicalType(handle, (ulong)i));
            columns[i] = DuckColumn.Of(DuckMethods.Text(DuckMethods.ColumnName(handle, (ulong)i)), type);
        }

        return columns;
    }
}
