using Kafka.Stock.Learning;

namespace Kafka.Stock.Trainer;

/// <summary>Refreshes within a session whose target hasn't closed, oldest first; and how refreshes did so far, apart from the
/// forecasts that are learnt from.</summary>
/// <remarks>At most <see cref="Capacity"/> wait: of a feed with more the oldest go unscored. Memory comes with the first refresh.</remarks>
sealed class ProvisionalForecasts(int strategies, int levels)
{
    /// <summary>Refreshes that wait at most: two sessions of minutes.</summary>
    public const int Capacity = 1_024;

    readonly PointScores[] _points = [.. Enumerable.Range(0, strategies).Select(_ => new PointScores())];
    readonly long[] _hits = new long[strategies * levels];
    readonly List<PendingForecast> _ring = [];
    int _first;

    /// <summary>Refreshes that wait.</summary>
    public int Count { get; private set; }

    /// <summary>Refreshes scored so far.</summary>
    public long Scored { get; private set; }

    public int StateBytes =>
        sizeof(int) + sizeof(long) + (_points.Length * PointScores.StateBytes) + (_hits.Length * sizeof(long))
            + (Count > 0 ? Count * _ring[0].StateBytes : 0);

    /// <summary>A place for the newest refresh.</summary>
    public PendingForecast Add()
    {
        if (Count == Capacity) Drop();
        if (Count == _ring.Count)
        {
            Straighten();
            _ring.Add(new PendingForecast(strategies, levels));
        }

        return _ring[(_first + Count++) % _ring.Count];
    }

    /// <summary>The oldest refresh whose target has closed, taken out; null when there is none. It is valid until the next
    /// <see cref="Add"/>.</summary>
    public PendingForecast? Take(long closedUs)
    {
        if (Count == 0 || _ring[_first].TargetTimeUs > closedUs) return null;
        var oldest = _ring[_first];
        Drop();
        return oldest;
    }

    /// <summary>Counts a scored refresh.</summary>
    public long CountScore() => ++Scored;

    /// <summary>Adds a strategy's point and gives its MASE over refreshes.</summary>
    public double? AddPoint(int strategy, double predicted, double actual)
    {
        _points[strategy].Add(predicted, actual);
        return _points[strategy].Mase;
    }

    /// <summary>Adds a hit or miss and gives the coverage over refreshes; the score must have been counted before.</summary>
    public double AddHit(int index, bool hit)
    {
        if (hit) _hits[index]++;
        return (double)_hits[index] / Scored;
    }

    /// <summary>Drops all that wait: their label would cross a hole.</summary>
    public void Clear() => (_first, Count) = (0, 0);

    public void Write(ref StateWriter writer)
    {
        writer.Int32(Count);
        writer.Int64(Scored);
        foreach (var points in _points) points.Write(ref writer);
        foreach (var hits in _hits) writer.Int64(hits);
        for (var i = 0; i < Count; i++) _ring[(_first + i) % _ring.Count].Write(ref writer);
    }

    public void Read(ref StateReader reader)
    {
        var count = reader.Int32Within(0, Capacity, "refreshes");
        Scored = reader.Int64();
        foreach (var points in _points) points.Read(ref reader);
        for (var i = 0; i < _hits.Length; i++) _hits[i] = reader.Int64();
        Clear();
        while (Count < count) Add().Read(ref reader);
    }

    void Drop()
    {
        _first = (_first + 1) % _ring.Count;
        Count--;
    }

    /// <summary>The oldest comes first in the list, so that the ring can grow at its end.</summary>
    void Straighten()
    {
        if (_first == 0) return;
        var order = Enumerable.Range(0, _ring.Count).Select(i => _ring[(_first + i) % _ring.Count]).ToArray();
        for (var i = 0; i < order.Length; i++) _ring[i] = order[i];
        _first = 0;
    }
}
