using System.Text;

namespace Kafka.Stock.Lakehouse;

/// <summary>Writes the structs of Parquet's headers and footer: Thrift's compact protocol, as much of it as they need.</summary>
/// <remarks>Fields come in rising order of their ids, each struct's own last one on a stack.</remarks>
sealed class CompactThrift
{
    const int Int32Type = 5, Int64Type = 6, BytesType = 8, ListType = 9, StructType = 12;
    const int ShortListMax = 14;

    readonly List<byte> _bytes = [];
    readonly Stack<int> _outer = new();
    int _last;

    /// <summary>What has been written.</summary>
    public byte[] ToArray() => [.. _bytes];

    /// <summary>A field that is a number of 32 bits, or an enum.</summary>
    public void Int32(int field, int value)
    {
        Field(field, Int32Type);
        ZigZag(value);
    }

    /// <summary>A field that is a number of 64 bits.</summary>
    public void Int64(int field, long value)
    {
        Field(field, Int64Type);
        ZigZag(value);
    }

    /// <summary>A field that is a text.</summary>
    public void Text(int field, string value)
    {
        Field(field, BytesType);
        Text(value);
    }

    /// <summary>A field that is a struct; its fields follow, then <see cref="End"/>.</summary>
    public void Struct(int field)
    {
        Field(field, StructType);
        Element();
    }

    /// <summary>A field that is a list of structs; each follows between <see cref="Element"/> and <see cref="End"/>.</summary>
    public void Structs(int field, int count) => List(field, StructType, count);

    /// <summary>A field that is a list of texts.</summary>
    public void Texts(int field, IReadOnlyCollection<string> values)
    {
        List(field, BytesType, values.Count);
        foreach (var value in values) Text(value);
    }

    /// <summary>A field that is a list of enums.</summary>
    public void Int32s(int field, ReadOnlySpan<int> values)
    {
        List(field, Int32Type, values.Length);
        foreach (var value in values) ZigZag(value);
    }

    /// <summary>Begins a struct that is in a list.</summary>
    public void Element()
    {
        _outer.Push(_last);
        _last = 0;
    }

    /// <summary>Ends a struct, at last the outermost one.</summary>
    public void End()
    {
        _bytes.Add(0);
        _last = _outer.TryPop(out var outer) ? outer : 0;
    }

    void Field(int field, int type)
    {
        // Ids of Parquet's structs are never more than 15 apart.
        _bytes.Add((byte)(((field - _last) << 4) | type));
        _last = field;
    }

    void List(int field, int type, int count)
    {
        Field(field, ListType);
        if (count <= ShortListMax)
        {
            _bytes.Add((byte)((count << 4) | type));
            return;
        }

        _bytes.Add((byte)(0xF0 | type));
        VarInt((ulong)count);
    }

    void Text(string value)
    {
        var utf8 = Encoding.UTF8.GetBytes(value);
        VarInt((ulong)utf8.Length);
        _bytes.AddRange(utf8);
    }

    void ZigZag(long value) => VarInt((ulong)((value << 1) ^ (value >> 63)));

    void VarInt(ulong value)
    {
        for (; value >= 128; value >>= 7) _bytes.Add((byte)(value | 128));
        _bytes.Add((byte)value);
    }
}
