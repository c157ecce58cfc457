using System.Runtime.CompilerServices;
using System.Text;

namespace Kafka.Stock.Lakehouse;

/// <summary>Values of one column in one chunk, where DuckDB has them. Not to be used after the chunk is gone.</summary>
public readonly unsafe ref struct DuckVector
{
    readonly nint _vector;
    readonly byte* _data;
    readonly ulong* _validity;

    internal DuckVector(nint vector, DuckColumn column, int rowCount)
    {
        _vector = vector;
        _data = DuckMethods.VectorData(vector);
        _validity = DuckMethods.VectorValidity(vector);
        Column = column;
        RowCount = rowCount;
    }

    /// <summary>Name and type.</summary>
    public DuckColumn Column { get; }

    /// <summary>Rows in the chunk.</summary>
    public int RowCount { get; }

    /// <summary>No row is null for certain: <see cref="IsNull"/> needn't be asked.</summary>
    public bool HasNoNulls => _validity == null;

    /// <summary>Whether a row has no value. What its number is then is arbitrary.</summary>
    public bool IsNull(int row)
    {
        CheckRow(row);
        return _validity != null && (_validity[row >> 6] & (1UL << (row & 63))) == 0;
    }

    /// <summary>The numbers of a column, one a row: bool, integers, Int128, float, double; decimals as counts of units; dates as
    /// int days and instants as long units since 1970.</summary>
    /// <exception cref="InvalidOperationException">The column's numbers are of another size.</exception>
    public ReadOnlySpan<T> Values<T>() where T : unmanaged
    {
        if (DuckStorage.SizeOf(Column.Storage) != sizeof(T))
        {
            throw new InvalidOperationException($"column {Column.Name} is {Column.Type}, which isn't read as {typeof(T).Name}");
        }

        return new ReadOnlySpan<T>(_data, RowCount);
    }

    /// <summary>UTF-8 of a text, or the bytes of a blob; empty where the row is null.</summary>
    public ReadOnlySpan<byte> Bytes(int row)
    {
        if (Column.Storage is not (DuckType.Varchar or DuckType.Blob or DuckType.Bit))
        {
            throw new InvalidOperationException($"column {Column.Name} is {Column.Type}, which has no bytes");
        }

        if (IsNull(row)) return default;
        var entry = _data + (row * DuckStorage.TextSize);
        var length = Unsafe.ReadUnaligned<int>(entry);
        var bytes = length <= DuckStorage.InlineTextLength ? entry + sizeof(int) : *(byte**)(entry + 8);
        return new ReadOnlySpan<byte>(bytes, length);
    }

    /// <summary>A text; null where the row is null.</summary>
    public string? Text(int row) => IsNull(row) ? null : Encoding.UTF8.GetString(Bytes(row));

    /// <summary>A bool, integer, decimal of any width, date or instant as a whole number: decimals in units of 10^-scale.</summary>
    public Int128 Whole(int row)
    {
        CheckRow(row);
        return Column.Storage switch
        {
            DuckType.Boolean or DuckType.UTinyInt => _data[row],
            DuckType.TinyInt => ((sbyte*)_data)[row],
            DuckType.SmallInt => ((short*)_data)[row],
            DuckType.USmallInt => ((ushort*)_data)[row],
            DuckType.Integer or DuckType.Date => ((int*)_data)[row],
            DuckType.UInteger => ((uint*)_data)[row],
            DuckType.UBigInt => ((ulong*)_data)[row],
            DuckType.HugeInt => Unsafe.ReadUnaligned<Int128>(_data + (row * sizeof(Int128))),
            _ when DuckStorage.IsLong(Column.Storage) => ((long*)_data)[row],
            _ => throw new InvalidOperationException($"column {Column.Name} is {Column.Type}, which is no whole number"),
        };
    }

    /// <summary>Where the elements of a list, or the entries of a map, lie in <see cref="Elements"/>; nothing where it is null.</summary>
    public Range ElementsOf(int row)
    {
        RefuseUnless(Column.Storage is DuckType.List or DuckType.Map, "no list");
        if (IsNull(row)) return default;
        var entry = (ulong*)_data + (2L * row);
        return (int)entry[0]..(int)(entry[0] + entry[1]);
    }

    /// <summary>The elements of all lists of the chunk; of maps, their entries, which are structs of key and value.</summary>
    public DuckVector Elements
    {
        get
        {
            RefuseUnless(Column.Storage is DuckType.List or DuckType.Map, "no list");
            return Child(DuckMethods.ListChild(_vector), "element", (int)DuckMethods.ListChildCount(_vector));
        }
    }

    /// <summary>A field of all structs of the chunk. Where the struct is null, what the field says is arbitrary.</summary>
    public DuckVector Field(int field)
    {
        RefuseUnless(Column.Storage is DuckType.Struct, "no struct");
        using var type = new DuckTypeHandle(DuckMethods.VectorType(_vector));
        if ((ulong)field >= DuckMethods.FieldCount(type)) throw new ArgumentOutOfRangeException(nameof(field), field, "no such field");
        var name = DuckMethods.TakeText(DuckMethods.FieldName(type, (ulong)field));
        return Child(DuckMethods.StructChild(_vector, (ulong)field), name, RowCount);
    }

    static DuckVector Child(nint vector, string name, int rowCount)
    {
        using var type = new DuckTypeHandle(DuckMethods.VectorType(vector));
        return new DuckVector(vector, DuckColumn.Of(name, type), rowCount);
    }

    void RefuseUnless(bool allowed, string what)
    {
        if (!allowed) throw new InvalidOperationException($"column {Column.Name} is {Column.Type}, {what}");
    }

    void CheckRow(int row)
    {
        if ((uint)row >= (uint)RowCount) throw new ArgumentOutOfRangeException(nameof(row), row, $"the chunk has {RowCount} rows");
    }
}
