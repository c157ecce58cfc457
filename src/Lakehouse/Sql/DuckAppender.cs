using System.Runtime.CompilerServices;
using System.Text.Unicode;
using Kafka.Stock.Contracts;

namespace Kafka.Stock.Lakehouse;

/// <summary>Bulk load of a table by chunks: fill the columns of up to <see cref="Capacity"/> rows, then <see cref="Flush"/>.</summary>
/// <example><code>
/// using var appender = connection.Append("ticks");
/// prices.CopyTo(appender.Values&lt;long&gt;(0));
/// for (var row = 0; row &lt; count; row++) appender.SetBytes(1, row, symbols[row]);
/// appender.Flush(count);
/// appender.Complete();
/// </code></example>
public sealed unsafe class DuckAppender : IDisposable
{
    readonly DuckAppenderHandle _appender;
    readonly DuckChunkHandle _chunk;
    readonly DuckColumn[] _columns;
    readonly byte*[] _data;
    readonly string _table;
    bool _completed;

    internal DuckAppender(DuckConnection connection, string table)
    {
        _table = table;
        var state = DuckMethods.CreateAppender(connection.Handle, null, null, table, out var pointer);
        _appender = new DuckAppenderHandle(pointer);
        try
        {
            if (state != 0) throw Error();
            _columns = new DuckColumn[DuckMethods.AppenderColumnCount(_appender)];
            _chunk = NewChunk();
            _data = new byte*[_columns.Length];
            FindData();
        }
        catch
        {
            _appender.Dispose();
            throw;
        }
    }

    /// <summary>Rows of a chunk.</summary>
    public static int Capacity { get; } = (int)DuckMethods.VectorSize();

    /// <summary>The table's columns; they have no names here.</summary>
    public IReadOnlyList<DuckColumn> Columns => _columns;

    /// <summary>The numbers of a column, to be written to: decimals as counts of units, dates as int days, instants as long units
    /// since 1970.</summary>
    /// <exception cref="InvalidOperationException">The column's numbers are of another size.</exception>
    public Span<T> Values<T>(int column) where T : unmanaged
    {
        CheckOpen();
        if (DuckStorage.SizeOf(_columns[column].Storage) != sizeof(T))
        {
            throw new InvalidOperationException($"column {column} of {_table} is {_columns[column].Type}, not written as {typeof(T).Name}");
        }

        return new Span<T>(_data[column], Capacity);
    }

    /// <summary>A text in UTF-8, or the bytes of a blob.</summary>
    /// <exception cref="ArgumentException">A text isn't UTF-8.</exception>
    public void SetBytes(int column, int row, ReadOnlySpan<byte> value)
    {
        CheckOpen();
        CheckRow(row);
        if (_columns[column].Storage is not (DuckType.Varchar or DuckType.Blob))
        {
            throw new InvalidOperationException($"column {column} of {_table} is {_columns[column].Type}, which has no bytes");
        }

        if (_columns[column].Storage == DuckType.Varchar && !Utf8.IsValid(value))
        {
            throw new ArgumentException($"column {column} of {_table} is text: found bytes that aren't UTF-8", nameof(value));
        }

        if (value.Length <= DuckStorage.InlineTextLength) SetShort(_data[column] + (row * DuckStorage.TextSize), value);
        else fixed (byte* bytes = value) DuckMethods.AssignBytes(Vector(column), (ulong)row, bytes, (ulong)value.Length);
    }

    /// <summary>Leaves a row of this chunk without a value.</summary>
    public void SetNull(int column, int row)
    {
        CheckRow(row);
        var vector = Vector(column);
        DuckMethods.EnsureValidityWritable(vector);
        DuckMethods.VectorValidity(vector)[row >> 6] &= ~(1UL << (row & 63));
    }

    /// <summary>Hands the first <paramref name="rowCount"/> rows over and begins the next chunk, in which nothing is null.</summary>
    /// <exception cref="ConfigurationException">A row breaks a constraint of the table.</exception>
    public void Flush(int rowCount)
    {
        if ((uint)rowCount > (uint)Capacity) throw new ArgumentOutOfRangeException(nameof(rowCount), rowCount, $"0 to {Capacity}");
        if (rowCount == 0) return;
        DuckMethods.SetChunkSize(_chunk, (ulong)rowCount);
        if (DuckMethods.AppendChunk(_appender, _chunk) != 0) throw Error();
        DuckMethods.ResetChunk(_chunk);
        FindData();
    }

    /// <summary>Puts everything into the table. Without it the rows that DuckDB still buffers are dropped.</summary>
    public void Complete()
    {
        if (DuckMethods.CloseAppender(_appender) != 0) throw Error();
        _completed = true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _chunk.Dispose();
        if (!_appender.IsClosed && !_completed) _ = DuckMethods.ClearAppender(_appender);
        _appender.Dispose();
    }

    /// <summary>A short text lies in its entry, with zeros behind it: no call into DuckDB, which would cost more than the copy.</summary>
    static void SetShort(byte* entry, ReadOnlySpan<byte> value)
    {
        var all = new Span<byte>(entry, DuckStorage.TextSize);
        all.Clear();
        Unsafe.WriteUnaligned(entry, value.Length);
        value.CopyTo(all[sizeof(int)..]);
    }

    void FindData()
    {
        for (var i = 0; i < _data.Length; i++) _data[i] = DuckMethods.VectorData(Vector(i));
    }

    void CheckOpen() => ObjectDisposedException.ThrowIf(_chunk.IsClosed, this);

    nint Vector(int column)
    {
        if ((uint)column >= (uint)_columns.Length) throw new ArgumentOutOfRangeException(nameof(column), column, "no such column");
        return DuckMethods.ChunkVector(_chunk, (ulong)column);
    }

    static void CheckRow(int row)
    {
        if ((uint)row >= (uint)Capacity) throw new ArgumentOutOfRangeException(nameof(row), row, $"0 to {Capacity - 1}");
    }

    DuckChunkHandle NewChunk()
    {
        var types = new DuckTypeHandle[_columns.Length];
        try
        {
            var pointers = stackalloc nint[types.Length];
            for (var i = 0; i < types.Length; i++)
            {
                types[i] = new DuckTypeHandle(DuckMethods.AppenderColumnType(_appender, (ulong)i));
                pointers[i] = types[i].DangerousGetHandle();
                _columns[i] = DuckColumn.Of("", types[i]);
            }

            return new DuckChunkHandle(DuckMethods.CreateChunk(pointers, (ulong)types.Length));
        }
        finally
        {
            foreach (var type in types) type?.Dispose();
        }
    }

    ConfigurationException Error() =>
        new($"table {_table}", DuckMethods.Text(DuckMethods.AppenderError(_appender)), "a table that exists, and rows that it takes");
}
