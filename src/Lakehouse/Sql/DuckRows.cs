using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Kafka.Stock.Lakehouse;

/// <summary>Rows of the program that a statement reads where they lie: chunks in the order in which they were added, each given back as
/// soon as it was read. They are read once.</summary>
/// <remarks>A table function without parallel readers, so a statement that keeps the order of rows keeps this one.</remarks>
sealed class DuckRows : IDisposable
{
    const string Function = "_kstock_rows";
    static readonly ConcurrentDictionary<long, DuckRows> s_open = new();
    static long s_last;

    readonly long _id = Interlocked.Increment(ref s_last);
    readonly DuckRowType _type;
    readonly Queue<DuckChunk> _chunks = new();

    /// <summary>Without rows at first.</summary>
    public DuckRows(DuckRowType type)
    {
        _type = type;
        s_open[_id] = this;
    }

    /// <summary>For the FROM clause.</summary>
    public string Relation => $"{Function}({_id})";

    /// <summary>Adds rows; the chunk is its own from now on. Not while a statement reads.</summary>
    public void Add(DuckChunk chunk) => _chunks.Enqueue(chunk);

    /// <summary>Makes <see cref="Relation"/> known to a database, where it isn't.</summary>
    public static unsafe void Register(DuckConnection connection)
    {
        using var function = new DuckTableFunctionHandle(DuckMethods.CreateTableFunction());
        using var number = new DuckTypeHandle(DuckMethods.CreateLogicalType(DuckType.BigInt));
        DuckMethods.SetFunctionName(function, Function);
        DuckMethods.AddFunctionParameter(function, number);
        DuckMethods.SetFunctionBind(function, &Bind);
        DuckMethods.SetFunctionInit(function, &Init);
        DuckMethods.SetFunctionBody(function, &Next);
        if (DuckMethods.RegisterTableFunction(connection.Handle, function) != 0)
        {
            throw new InvalidOperationException($"DuckDB doesn't take the function {Function}");
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        s_open.TryRemove(_id, out _);
        while (_chunks.TryDequeue(out var chunk)) chunk.Dispose();
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    static void Bind(nint bind)
    {
        var parameter = DuckMethods.BindParameter(bind, 0);
        var id = DuckMethods.IsNullValue(parameter) ? 0 : DuckMethods.ValueInt64(parameter);
        DuckMethods.DestroyValue(ref parameter);
        try
        {
            if (s_open.TryGetValue(id, out var rows)) rows.Describe(bind);
            else DuckMethods.SetBindError(bind, "no such rows");
        }
        catch (ObjectDisposedException error)
        {
            // An exception can't pass through DuckDB's frames.
            DuckMethods.SetBindError(bind, error.Message);
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    static void Init(nint init)
    {
        // One reader, which is what DuckDB takes where nothing is said.
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    static void Next(nint call, nint output)
    {
        try
        {
            if (s_open.TryGetValue(DuckMethods.FunctionBindData(call), out var rows)) rows.GiveNext(output);
            else DuckMethods.SetFunctionError(call, "the rows are gone");
        }
        catch (ObjectDisposedException error)
        {
            DuckMethods.SetFunctionError(call, error.Message);
        }
    }

    void Describe(nint bind)
    {
        for (var i = 0; i < _type.Names.Count; i++) DuckMethods.AddBoundColumn(bind, _type.Names[i], _type.Types[i]);
        DuckMethods.SetBindData(bind, (nint)_id, 0);
    }

    void GiveNext(nint output)
    {
        if (!_chunks.TryDequeue(out var chunk))
        {
            DuckMethods.SetBorrowedChunkSize(output, 0);
            return;
        }

        using (chunk) chunk.LendTo(output);
    }
}
