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
public sealed class DuckAppender : IDisposable
{
    readonly DuckAppenderHandle _appender;
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
            Chunk = NewChunk();
        }
        catch
        {
            _appender.Dispose();
            throw;
        }
    }

    /// <summary>Rows of a chunk.</summary>
    public static int Capacity => DuckChunk.Capacity;

    /// <summary>The table's columns; they have no names here.</summary>
    public IReadOnlyList<DuckColumn> Columns => Chunk.Columns;

    /// <summary>What is being filled.</summary>
    internal DuckChunk Chunk { get; }

    /// <summary>The numbers of a column, to be written to: decimals as counts of units, dates as int days, instants as long units
    /// since 1970.</summary>
    /// <exception cref="InvalidOperationException">The column's numbers are of another size.</exception>
    public Span<T> Values<T>(int column) where T : unmanaged => Chunk.Values<T>(column);

    /// <summary>A text in UTF-8, or the bytes of a blob.</summary>
    /// <exception cref="ArgumentException">A text isn't UTF-8.</exception>
    public void SetBytes(int column, int row, ReadOnlySpan<byte> value) => Chunk.SetBytes(column, row, value);

    /// <summary>Leaves a row of this chunk without a value.</summary>
    public void SetNull(int column, int row) => Chunk.SetNull(column, row);

    /// <summary>Hands the first <paramref name="rowCount"/> rows over and begins the next chunk, in which nothing is null.</summary>
    /// <exception cref="ConfigurationException">A row breaks a constraint of the table.</exception>
    public void Flush(int rowCount)
    {
        Chunk.End(rowCount);
        if (rowCount == 0) return;
        if (DuckMethods.AppendChunk(_appender, Chunk.Handle) != 0) throw Error();
        Chunk.Reset();
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
        Chunk.Dispose();
        if (!_appender.IsClosed && !_completed) _ = DuckMethods.ClearAppender(_appender);
        _appender.Dispose();
    }

    DuckChunk NewChunk()
    {
        var types = new DuckTypeHandle[DuckMethods.AppenderColumnCount(_appender)];
        try
        {
            for (var i = 0; i < types.Length; i++) types[i] = new DuckTypeHandle(DuckMethods.AppenderColumnType(_appender, (ulong)i));
            return new DuckChunk(_table, types);
        }
        finally
        {
            foreach (var type in types) type?.Dispose();
        }
    }

    ConfigurationException Error() =>
        new($"table {_table}", DuckMethods.Text(DuckMethods.AppenderError(_appender)), "a table that exists, and rows that it takes");
}
