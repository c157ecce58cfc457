using System.Buffers;
using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text;

namespace Kafka.Stock.Lakehouse;

/// <summary>One leaf of a Parquet schema: its values and, for each, on which level of nesting it is there or missing.</summary>
/// <remarks>Rows that say nothing of it needn't be told: they are filled up as missing when the next one comes.</remarks>
sealed class NestedColumn(ParquetPrimitive type, int definitionMax, bool isRepeated, ImmutableArray<string> path)
{
    readonly ArrayBufferWriter<byte> _values = new();
    readonly LevelRuns _definitions = new();
    readonly LevelRuns _repetitions = new();
    long _rows;
    int _bools;
    byte _boolBits;

    /// <summary>How its values lie in the file.</summary>
    public ParquetPrimitive Type => type;

    /// <summary>Names from the top of the schema down to it.</summary>
    public ImmutableArray<string> Path => path;

    /// <summary>Values and gaps so far: at least one a row.</summary>
    public long Count { get; private set; }

    /// <summary>Bytes of values so far.</summary>
    public int ValueLength => _values.WrittenCount;

    /// <summary>A row has no value here.</summary>
    /// <param name="row">Counted from 0 in this row group; rising.</param>
    /// <param name="definition">How many of its optional parents are there.</param>
    public void Missing(long row, int definition) => Level(row, definition);

    /// <summary>A text; null where it alone is missing.</summary>
    public void Text(long row, string? text)
    {
        Level(row, text is null ? definitionMax - 1 : definitionMax);
        if (text is null) return;
        var span = _values.GetSpan(sizeof(int) + Encoding.UTF8.GetMaxByteCount(text.Length));
        var length = Encoding.UTF8.GetBytes(text, span[sizeof(int)..]);
        BinaryPrimitives.WriteInt32LittleEndian(span, length);
        _values.Advance(sizeof(int) + length);
    }

    /// <summary>A number of 64 bits; null where it alone is missing.</summary>
    public void Int64(long row, long? number)
    {
        Level(row, number is null ? definitionMax - 1 : definitionMax);
        if (number is not { } value) return;
        BinaryPrimitives.WriteInt64LittleEndian(_values.GetSpan(sizeof(long)), value);
        _values.Advance(sizeof(long));
    }

    /// <summary>A number of 32 bits.</summary>
    public void Int32(long row, int value)
    {
        Level(row, definitionMax);
        BinaryPrimitives.WriteInt32LittleEndian(_values.GetSpan(sizeof(int)), value);
        _values.Advance(sizeof(int));
    }

    /// <summary>True or false, eight of them a byte.</summary>
    public void Bool(long row, bool value)
    {
        Level(row, definitionMax);
        if (value) _boolBits |= (byte)(1 << (_bools & 7));
        if ((++_bools & 7) == 0) EndBools();
    }

    /// <summary>Fills up to the end of the row group, and gives the page's bytes: repetition levels, definition levels, values.</summary>
    public void WritePage(long rows, ArrayBufferWriter<byte> page)
    {
        FillTo(rows);
        if ((_bools & 7) != 0) EndBools();
        if (isRepeated) _repetitions.WriteTo(page);
        _definitions.WriteTo(page);
        page.Write(_values.WrittenSpan);
    }

    /// <summary>Begins the next row group.</summary>
    public void Clear()
    {
        _values.ResetWrittenCount();
        _definitions.Clear();
        _repetitions.Clear();
        (_rows, _bools, _boolBits, Count) = (0, 0, 0, 0);
    }

    void EndBools()
    {
        _values.Write([_boolBits]);
        _boolBits = 0;
    }

    /// <summary>The same row again is the next element of its list.</summary>
    void Level(long row, int definition)
    {
        var isNext = row < _rows;
        if (!isNext) FillTo(row);
        Add(definition, isNext ? 1 : 0, 1);
        _rows = row + 1;
    }

    void FillTo(long row)
    {
        if (row > _rows) Add(0, 0, row - _rows);
        _rows = row;
    }

    void Add(int definition, int repetition, long count)
    {
        _definitions.Add(definition, count);
        if (isRepeated) _repetitions.Add(repetition, count);
        Count += count;
    }
}
