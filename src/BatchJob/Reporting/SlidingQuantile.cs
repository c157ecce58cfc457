namespace Kafka.Stock.BatchJob;

/// <summary>Quantiles of the last so many numbers, kept in order of size: O(window) moves a number.</summary>
sealed class SlidingQuantile(int window)
{
    readonly Queue<double> _arrived = new(window + 1);
    readonly List<double> _sorted = new(window + 1);

    public int Count => _sorted.Count;

    public void Add(double value)
    {
        _arrived.Enqueue(value);
        Insert(value);
        if (_arrived.Count > window) _sorted.RemoveAt(_sorted.BinarySearch(_arrived.Dequeue()));
    }

    public void Clear()
    {
        _arrived.Clear();
        _sorted.Clear();
    }

    /// <summary>Linear between order statistics: position (n - 1) p, type 7 of Hyndman and Fan (1996).</summary>
    public double Quantile(double p)
    {
        var position = (Count - 1) * p;
        var below = Math.Clamp((int)position, 0, Count - 1);
        var above = Math.Min(below + 1, Count - 1);
        return _sorted[below] + ((position - below) * (_sorted[above] - _sorted[below]));
    }

    void Insert(double value)
    {
        var at = _sorted.BinarySearch(value);
        _sorted.Insert(at < 0 ? ~at : at, value);
    }
}
