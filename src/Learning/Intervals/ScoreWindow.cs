namespace Kafka.Stock.Learning;

/// <summary>The last so many scores, in order of arrival and in order of size; O(n) moves of two bytes an addition, no
/// allocation.</summary>
sealed class ScoreWindow(int capacity)
{
    readonly double[] _scores = new double[capacity];
    readonly ushort[] _order = new ushort[capacity];
    int _next;

    public int Count { get; private set; }

    public int StateBytes => 2 * sizeof(int) + capacity * sizeof(double);

    public void Add(double score)
    {
        if (Count == capacity) Drop(_next);
        _scores[_next] = score;
        var at = FirstAbove(score);
        Array.Copy(_order, at, _order, at + 1, Count - at);
        _order[at] = (ushort)_next;
        Count++;
        _next = _next + 1 == capacity ? 0 : _next + 1;
    }

    /// <summary>Linear quantile between order statistics: position (n - 1) p, type 7 of Hyndman and Fan (1996).</summary>
    public double Quantile(double p)
    {
        var position = (Count - 1) * p;
        var below = Math.Clamp((int)position, 0, Count - 1);
        var above = Math.Min(below + 1, Count - 1);
        var low = _scores[_order[below]];
        return low + (position - below) * (_scores[_order[above]] - low);
    }

    public void Write(ref StateWriter writer)
    {
        writer.Int32(Count);
        writer.Int32(_next);
        writer.Doubles(_scores);
    }

    public void Read(ref StateReader reader)
    {
        var count = reader.Int32Within(0, capacity, "scores");
        _next = reader.Int32Within(0, capacity - 1, "slot");
        reader.Doubles(_scores);
        // Where equal scores stand among each other reaches no output, so that the order needn't be saved.
        Count = 0;
        for (var slot = 0; slot < count; slot++)
        {
            var at = FirstAbove(_scores[slot]);
            Array.Copy(_order, at, _order, at + 1, Count - at);
            _order[at] = (ushort)slot;
            Count++;
        }
    }

    void Drop(int slot)
    {
        var at = FirstAbove(_scores[slot]) - 1;
        while (_order[at] != slot) at--;
        Array.Copy(_order, at + 1, _order, at, Count - at - 1);
        Count--;
    }

    int FirstAbove(double score)
    {
        var low = 0;
        var high = Count;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_scores[_order[middle]] > score) high = middle;
            else low = middle + 1;
        }

        return low;
    }
}
