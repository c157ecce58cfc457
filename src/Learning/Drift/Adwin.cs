namespace Kafka.Stock.Learning;

/// <summary>ADWIN: a window of values that drops its old part once two parts of it can't have the same mean (Bifet and Gavalda 2007,
/// ADWIN2).</summary>
/// <remarks>The window is an exponential histogram: rows of at most six buckets of 2^row values, each with its sum and squared deviations.
/// Defaults (confidence .002, a check every 32 values) and positions of alarms are those of River's detector of the same name
/// (golden test: DriftDetectorTests). O(log n) memory, bounded at 32 rows.</remarks>
public sealed class Adwin : IDriftDetector
{
    const int Layout = 0x314E_4441;
    const int Rows = 32;
    const int BucketsPerRow = 5;
    const int RowLength = BucketsPerRow + 1;
    const int CheckEvery = 32;
    const int PartMin = 5;
    const int WidthMin = 10;
    const double Confidence = 0.002;

    readonly double[] _sums = new double[Rows * RowLength];
    readonly double[] _deviations = new double[Rows * RowLength];
    readonly int[] _counts = new int[Rows];
    int _rows = 1;
    long _width;
    double _sum;
    double _deviation;

    /// <inheritdoc/>
    public string Name => "adwin";

    /// <inheritdoc/>
    public long Count { get; private set; }

    /// <inheritdoc/>
    public double Before { get; private set; }

    /// <inheritdoc/>
    public double After { get; private set; }

    /// <summary>Values in the window.</summary>
    public long Width => _width;

    /// <summary>Mean of the window; 0 while it is empty.</summary>
    public double Mean => _width > 0 ? _sum / _width : 0.0;

    /// <inheritdoc/>
    public int StateBytes =>
        2 * sizeof(int) + 2 * sizeof(long) + 4 * sizeof(double) + Rows * sizeof(int) + 2 * Rows * RowLength * sizeof(double);

    /// <inheritdoc/>
    public bool Update(double value)
    {
        if (!double.IsFinite(value)) return false;
        Count++;
        Insert(value);
        return Count % CheckEvery == 0 && _width > WidthMin && Shrink();
    }

    /// <inheritdoc/>
    public void Write(ref StateWriter writer)
    {
        writer.Int32(Layout);
        writer.Int32(_rows);
        writer.Int64(Count);
        writer.Int64(_width);
        writer.Double(Before);
        writer.Double(After);
        writer.Double(_sum);
        writer.Double(_deviation);
        foreach (var count in _counts) writer.Int32(count);
        writer.Doubles(_sums);
        writer.Doubles(_deviations);
    }

    /// <inheritdoc/>
    public void Read(ref StateReader reader)
    {
        reader.Expect(Layout, "adwin");
        _rows = reader.Int32Within(1, Rows, "rows");
        Count = reader.Int64();
        _width = reader.Int64();
        Before = reader.Double();
        After = reader.Double();
        _sum = reader.Double();
        _deviation = reader.Double();
        for (var row = 0; row < Rows; row++) _counts[row] = reader.Int32Within(0, RowLength, "buckets");
        reader.Doubles(_sums);
        reader.Doubles(_deviations);
    }

    void Insert(double value)
    {
        Append(0, value, 0.0);
        if (_width > 0)
        {
            var distance = value - _sum / _width;
            _deviation += _width * distance * distance / (_width + 1.0);
        }

        _width++;
        _sum += value;
        for (var row = 0; row < _rows && _counts[row] > BucketsPerRow; row++) MergeOldestTwo(row);
    }

    void Append(int row, double sum, double deviation)
    {
        var at = row * RowLength + _counts[row]++;
        _sums[at] = sum;
        _deviations[at] = deviation;
    }

    /// <summary>The two oldest buckets of a row become one of the next; the last row drops its oldest instead.</summary>
    void MergeOldestTwo(int row)
    {
        if (row + 1 == Rows)
        {
            DropOldest();
            return;
        }

        var at = row * RowLength;
        var size = (double)(1L << row);
        var distance = (_sums[at] - _sums[at + 1]) / size;
        var deviation = _deviations[at] + _deviations[at + 1] + 0.5 * size * distance * distance;
        var sum = _sums[at] + _sums[at + 1];
        RemoveOldest(row, 2);
        if (row + 1 == _rows) _rows++;
        Append(row + 1, sum, deviation);
    }

    void RemoveOldest(int row, int count)
    {
        var at = row * RowLength;
        _counts[row] -= count;
        _sums.AsSpan(at + count, _counts[row]).CopyTo(_sums.AsSpan(at));
        _deviations.AsSpan(at + count, _counts[row]).CopyTo(_deviations.AsSpan(at));
    }

    /// <summary>Drops the oldest bucket as long as some cut parts the window into two different means.</summary>
    bool Shrink()
    {
        if (!FindCut(out var before)) return false;
        do DropOldest();
        while (_width > WidthMin && FindCut(out _));
        (Before, After) = (before, Mean);
        return true;
    }

    /// <param name="before">Mean of the part before the first such cut.</param>
    bool FindCut(out double before)
    {
        before = 0.0;
        var oldCount = 0.0;
        var oldSum = 0.0;
        for (var row = _rows - 1; row >= 0; row--)
        {
            var size = (double)(1L << row);
            for (var bucket = 0; bucket < _counts[row]; bucket++)
            {
                oldCount += size;
                oldSum += _sums[row * RowLength + bucket];
                var newCount = _width - oldCount;
                if (newCount < PartMin) return false;
                before = oldSum / oldCount;
                if (oldCount >= PartMin && AreDifferent(oldCount, before, newCount, (_sum - oldSum) / newCount)) return true;
            }
        }

        return false;
    }

    bool AreDifferent(double oldCount, double oldMean, double newCount, double newMean)
    {
        var variance = _deviation / _width;
        var confidence = PortableMath.Log(2.0 * PortableMath.Log(_width) / Confidence);
        var size = 1.0 / (oldCount - PartMin + 1.0) + 1.0 / (newCount - PartMin + 1.0);
        var limit = Math.Sqrt(2.0 * size * variance * confidence) + 2.0 / 3.0 * confidence * size;
        return Math.Abs(oldMean - newMean) > limit;
    }

    void DropOldest()
    {
        var row = _rows - 1;
        var size = (double)(1L << row);
        var sum = _sums[row * RowLength];
        var deviation = _deviations[row * RowLength];
        _width -= 1L << row;
        _sum -= sum;
        var distance = sum / size - (_width > 0 ? _sum / _width : 0.0);
        _deviation = Math.Max(_deviation - (deviation + size * _width * distance * distance / (size + _width)), 0.0);
        RemoveOldest(row, 1);
        while (_rows > 1 && _counts[_rows - 1] == 0) _rows--;
    }
}
