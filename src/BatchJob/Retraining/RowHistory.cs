using Kafka.Stock.Contracts;

namespace Kafka.Stock.BatchJob;

/// <summary>The last labelled rows of a series, oldest first, in a ring that grows up to its bound.</summary>
/// <remarks>Bytes: rows held, rounded up to a power of two, x (4 x width + 32).</remarks>
sealed class RowHistory(int width, int rowsMax)
{
    const int RowsFirst = 64;

    KnownRow[] _rows = [];
    float[] _features = [];
    int _first;

    /// <summary>Rows held.</summary>
    public int Count { get; private set; }

    /// <summary>Features of a row.</summary>
    public int Width { get; } = width;

    /// <summary>A row by its age in rows from the oldest one held.</summary>
    public ref readonly KnownRow this[int index] => ref _rows[(_first + index) % _rows.Length];

    /// <summary>[width] features of the row at an index.</summary>
    public ReadOnlySpan<float> Features(int index) => _features.AsSpan((_first + index) % _rows.Length * Width, Width);

    /// <summary>Adds the newest row; the oldest leaves when the bound is reached.</summary>
    public void Add(LabelledRow row)
    {
        if (Count == _rows.Length && Count < rowsMax) Grow();
        if (Count == _rows.Length)
        {
            _first = (_first + 1) % _rows.Length;
            Count--;
        }

        var slot = (_first + Count++) % _rows.Length;
        _rows[slot] = new KnownRow(row.BarEndUs, row.TargetEndUs, row.Scale, row.TargetReturn);
        row.Features.CopyTo(_features.AsSpan(slot * Width, Width));
    }

    /// <summary>Forgets all rows; the memory stays.</summary>
    public void Clear() => (_first, Count) = (0, 0);

    /// <summary>Features and targets of the oldest so many rows in one piece, as a trainer wants them.</summary>
    public (float[] Features, float[] Targets) Copy(int count)
    {
        var features = new float[count * Width];
        var targets = new float[count];
        for (var i = 0; i < count; i++)
        {
            Features(i).CopyTo(features.AsSpan(i * Width));
            targets[i] = this[i].Target;
        }

        return (features, targets);
    }

    /// <summary>Ends of bars and of targets of the oldest so many rows.</summary>
    public (long[] BarEndsUs, long[] TargetEndsUs) Times(int count)
    {
        var (bars, targets) = (new long[count], new long[count]);
        for (var i = 0; i < count; i++) (bars[i], targets[i]) = (this[i].BarEndUs, this[i].TargetEndUs);
        return (bars, targets);
    }

    void Grow()
    {
        var size = Math.Min(rowsMax, Math.Max(RowsFirst, 2 * _rows.Length));
        var rows = new KnownRow[size];
        var features = new float[size * Width];
        for (var i = 0; i < Count; i++)
        {
            rows[i] = this[i];
            Features(i).CopyTo(features.AsSpan(i * Width));
        }

        (_rows, _features, _first) = (rows, features, 0);
    }
}
