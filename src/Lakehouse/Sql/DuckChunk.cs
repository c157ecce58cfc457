using System.Runtime.CompilerServices;
using System.Text.Unicode;

namespace Kafka.Stock.Lakehouse;

/// <summary>Columns of up to <see cref="Capacity"/> rows in DuckDB's memory, to be filled here.</summary>
sealed unsafe class DuckChunk : IDisposable
{
    readonly DuckChunkHandle _chunk;
    readonly DuckColumn[] _columns;
    readonly byte*[] _data;
    readonly string _table;

    /// <summary>An empty one, in which nothing is null.</summary>
    /// <param name="table">Where its rows go, for errors.</param>
    /// <param name="types">Of its columns.</param>
    public DuckChunk(string table, IReadOnlyList<DuckTypeHandle> types)
    {
        _table = table;
        _columns = [.. types.Select(type => DuckColumn.Of("", type))];
        _data = new byte*[types.Count];
        var pointers = stackalloc nint[types.Count];
        for (var i = 0; i < types.Count; i++) pointers[i] = types[i].DangerousGetHandle();
        _chunk = new DuckChunkHandle(DuckMethods.CreateChunk(pointers, (ulong)types.Count));
        GC.KeepAlive(types);
        FindData();
    }

    /// <summary>Rows of a chunk.</summary>
    public static int Capacity { get; } = (int)DuckMethods.VectorSize();

    /// <summary>The columns; they have no names here.</summary>
    public IReadOnlyList<DuckColumn> Columns => _columns;

    /// <summary>DuckDB's own.</summary>
    public DuckChunkHandle Handle => _chunk;

    /// <summary>Rows that count, set when it is full.</summary>
    public int RowCount { get; private set; }

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

    /// <summary>Leaves a row without a value.</summary>
    public void SetNull(int column, int row)
    {
        CheckRow(row);
        var vector = Vector(column);
        DuckMethods.EnsureValidityWritable(vector);
        DuckMethods.VectorValidity(vector)[row >> 6] &= ~(1UL << (row & 63));
    }

    /// <summary>The first rows are all that it has.</summary>
    public void End(int rowCount)
    {
        if ((uint)rowCount > (uint)Capacity) throw new ArgumentOutOfRangeException(nameof(rowCount), rowCount, $"0 to {Capacity}");
        RowCount = rowCount;
        DuckMethods.SetChunkSize(_chunk, (ulong)rowCount);
    }

    /// <summary>Makes it as it was when it was new.</summary>
    public void Reset()
    {
        DuckMethods.ResetChunk(_chunk);
        RowCount = 0;
        FindData();
    }

    /// <summary>Gives another chunk the same columns, which live as long as one of the two.</summary>
    /// <param name="output">DuckDB's, of the same types.</param>
    public void LendTo(nint output)
    {
        for (var i = 0; i < _columns.Length; i++)
        {
            DuckMethods.ReferenceVector(DuckMethods.BorrowedChunkVector(output, (ulong)i), Vector(i));
        }

        DuckMethods.SetBorrowedChunkSize(output, (ulong)RowCount);
    }

    /// <inheritdoc/>
    public void Dispose() => _chunk.Dispose();

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
}
