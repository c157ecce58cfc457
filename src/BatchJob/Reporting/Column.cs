namespace Kafka.Stock.BatchJob;

/// <summary>Numbers of one kind in a row, doubling as they come: a <see cref="List{T}"/> whose elements can be written.</summary>
sealed class Column<T>
{
    T[] _values = new T[16];

    public int Count { get; private set; }

    public ref T this[int index] => ref _values.AsSpan(0, Count)[index];

    public ReadOnlySpan<T> Values => _values.AsSpan(0, Count);

    public void Add(T value)
    {
        if (Count == _values.Length) Array.Resize(ref _values, 2 * Count);
        _values[Count++] = value;
    }
}
