using Kafka.Stock.Learning;

namespace Kafka.Stock.Trainer;

/// <summary>The forecasts of a series whose label hasn't come, oldest first: a ring of as many as the horizon has bars.</summary>
sealed class PendingForecasts
{
    readonly PendingForecast[] _ring;
    int _first;
    int _count;

    public PendingForecasts(int horizonBars, int strategies, int levels)
    {
        _ring = new PendingForecast[horizonBars];
        for (var i = 0; i < horizonBars; i++) _ring[i] = new PendingForecast(strategies, levels);
    }

    public int StateBytes => 8 + _ring.Sum(forecast => forecast.StateBytes);

    /// <summary>The forecast made at a bar, taken out with all older ones; null when there is none.</summary>
    public PendingForecast? Take(long madeAtUs)
    {
        while (_count > 0 && _ring[_first].MadeAtUs <= madeAtUs)
        {
            var oldest = _ring[_first];
            _first = (_first + 1) % _ring.Length;
            _count--;
            if (oldest.MadeAtUs == madeAtUs) return oldest;
        }

        return null;
    }

    /// <summary>A place for the newest forecast; the oldest gives way when the ring is full.</summary>
    public PendingForecast Add()
    {
        if (_count == _ring.Length)
        {
            _first = (_first + 1) % _ring.Length;
            _count--;
        }

        return _ring[(_first + _count++) % _ring.Length];
    }

    /// <summary>Drops all: their label would cross a hole.</summary>
    public void Clear() => _count = 0;

    public void Write(ref StateWriter writer)
    {
        writer.Int32(_first);
        writer.Int32(_count);
        foreach (var forecast in _ring) forecast.Write(ref writer);
    }

    public void Read(ref StateReader reader)
    {
        _first = reader.Int32();
        _count = reader.Int32();
        foreach (var forecast in _ring) forecast.Read(ref reader);
    }
}
