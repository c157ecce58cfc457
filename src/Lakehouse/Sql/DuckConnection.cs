using Kafka.Stock.Contracts;

namespace Kafka.Stock.Lakehouse;

/// <summary>A connection: statements one after the other, on one thread at a time. Only a cancellation may come from another.</summary>
/// <remarks>
/// Errors of a statement: <see cref="ConfigurationException"/> for SQL that is wrong, <see cref="RefusedException"/> for what a locked
/// database doesn't do, <see cref="BrokenInputException"/> for files, <see cref="OperationCanceledException"/> after a cancellation.
/// </remarks>
public sealed class DuckConnection : IDisposable
{
    /// <summary>DUCKDB_STATEMENT_TYPE_SELECT.</summary>
    const int Select = 1;

    readonly DuckConnectionHandle _handle;
    readonly bool _selectOnly;
    DuckResult? _open;

    internal DuckConnection(DuckConnectionHandle handle, bool selectOnly)
    {
        _handle = handle;
        _selectOnly = selectOnly;
    }

    internal DuckConnectionHandle Handle => _handle;

    /// <summary>Runs one or more statements to their end and drops their rows.</summary>
    /// <returns>Rows that the last one changed.</returns>
    public long Execute(string sql, CancellationToken cancellation = default)
    {
        using var result = Run(sql, streaming: false, cancellation);
        return result.RowsChanged;
    }

    /// <summary>Runs one or more statements; the rows of the last one come in chunks while it runs.</summary>
    /// <returns>To be disposed before the next statement of this connection.</returns>
    public DuckResult Query(string sql, CancellationToken cancellation = default) => Run(sql, streaming: true, cancellation);

    /// <summary>Begins a bulk load into a table that exists. To be disposed, before the next statement.</summary>
    public DuckAppender Append(string table)
    {
        RefuseWhileReading();
        return new DuckAppender(this, table);
    }

    /// <summary>Ends the statement that runs, if there is one. Any thread may call.</summary>
    public void Interrupt()
    {
        try
        {
            DuckMethods.Interrupt(_handle);
        }
        catch (ObjectDisposedException)
        {
            // Nothing runs any more.
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _open?.Dispose();
        _handle.Dispose();
    }

    internal void Closed(DuckResult result)
    {
        if (_open == result) _open = null;
    }

    DuckResult Run(string sql, bool streaming, CancellationToken cancellation)
    {
        RefuseWhileReading();
        cancellation.ThrowIfCancellationRequested();
        if (sql.Contains('\0')) throw new ConfigurationException("SQL", "a NUL character", "text without one");
        if (_selectOnly && !SelectRule.MayBeginSelect(sql)) throw NoSelect();
        var interruption = cancellation.Register(static self => ((DuckConnection)self!).Interrupt(), this);
        try
        {
            var statementCount = DuckMethods.ExtractStatements(_handle, sql, out var pointer);
            using var script = new DuckScriptHandle(pointer);
            if (statementCount == 0) throw Nothing(script, cancellation);
            if (_selectOnly && statementCount > 1) throw NoSelect();
            for (var i = 0UL; i < statementCount - 1; i++) RunOne(script, i, streaming: false, cancellation).Dispose();
            var result = RunOne(script, statementCount - 1, streaming, cancellation);
            return _open = new DuckResult(this, result, interruption, cancellation);
        }
        catch
        {
            interruption.Dispose();
            throw;
        }
    }

    DuckResultHandle RunOne(DuckScriptHandle script, ulong index, bool streaming, CancellationToken cancellation)
    {
        var state = DuckMethods.PrepareExtracted(_handle, script, index, out var prepared);
        using var statement = new DuckStatementHandle(prepared);
        if (state != 0) throw DuckErrors.Of(DuckMethods.Text(DuckMethods.PrepareError(statement)), cancellation);
        var isSelect = DuckMethods.StatementType(statement) == Select;
        if (_selectOnly && !isSelect) throw NoSelect();

        // What isn't a SELECT has few rows and much effect: it has run to its end before anybody looks at them.
        state = streaming && isSelect
            ? DuckMethods.PendingStreaming(statement, out var waiting)
            : DuckMethods.Pending(statement, out waiting);
        using var pending = new DuckPendingHandle(waiting);
        if (state != 0) throw DuckErrors.Of(DuckMethods.Text(DuckMethods.PendingError(pending)), cancellation);

        // DuckDB forgets an interruption where a statement begins. Its threads work from then on, and only running the statement
        // ends them for certain.
        if (cancellation.IsCancellationRequested) Interrupt();
        var result = new DuckResultHandle();
        try
        {
            if (DuckMethods.ExecutePending(pending, result) != 0)
            {
                throw DuckErrors.Of(DuckMethods.Text(DuckMethods.ResultError(result)), cancellation);
            }

            return result;
        }
        catch
        {
            result.Dispose();
            throw;
        }
    }

    static RefusedException NoSelect() => new("SQL", "something else than one SELECT", "one statement that reads: this database is locked");

    static Exception Nothing(DuckScriptHandle script, CancellationToken cancellation)
    {
        var error = DuckMethods.Text(DuckMethods.ExtractError(script));
        return error.Length > 0
            ? DuckErrors.Of(error, cancellation)
            : new ConfigurationException("SQL", "no statement", "one, such as SELECT 1");
    }

    void RefuseWhileReading()
    {
        if (_open is not null) throw new InvalidOperationException("an earlier result of this connection is still being read");
    }
}
