using Kafka.Stock.Contracts;

namespace Kafka.Stock.Topology;

/// <summary>The open windows of one series, by start, and how far its source is done. Only a watermark closes a window.</summary>
sealed class TickWindows
{
    readonly List<BarWindow> _open = [];

    /// <summary>Everything before this has come, microseconds since 1970 UTC.</summary>
    public long WatermarkUs { get; private set; } = long.MinValue;

    /// <summary>Open windows.</summary>
    public int Count => _open.Count;

    /// <summary>Adds a tick to its window, opened when it is the first.</summary>
    /// <returns>False when the window is closed: the tick is late.</returns>
    /// <exception cref="RecordDefectException">It would open more windows than <paramref name="openMax"/>.</exception>
    public bool TryAdd(in Tick tick, long startUs, long endUs, int openMax)
    {
        if (endUs <= WatermarkUs) return false;
        var at = _open.Count - 1;
        while (at >= 0 && _open[at].StartUs > startUs) at--;
        if (at >= 0 && _open[at].StartUs == startUs)
        {
            _open[at] = _open[at].With(tick);
            return true;
        }

        if (_open.Count >= openMax)
        {
            throw new RecordDefectException(
                $"{tick.Symbol}, source {tick.Source}, sequence {tick.Sequence}", $"a tick that opens window {_open.Count + 1}",
                $"at most {openMax} windows ahead of the watermark");
        }

        _open.Insert(at + 1, BarWindow.Begin(startUs, endUs, tick));
        return true;
    }

    /// <summary>Moves the watermark forward; an earlier time changes nothing.</summary>
    public void Advance(long watermarkUs) => WatermarkUs = Math.Max(WatermarkUs, watermarkUs);

    /// <summary>Takes the oldest window that the watermark has passed.</summary>
    public bool TryClose(out BarWindow window)
    {
        window = _open.Count > 0 ? _open[0] : default;
        if (_open.Count == 0 || window.EndUs > WatermarkUs) return false;
        _open.RemoveAt(0);
        return true;
    }

    /// <summary>Bytes that <see cref="Write"/> writes.</summary>
    public int StateBytes => 12 + (_open.Count * BarWindow.StateBytes);

    public void Write(ref Learning.StateWriter writer)
    {
        writer.Int64(WatermarkUs);
        writer.Int32(_open.Count);
        foreach (var window in _open) window.Write(ref writer);
    }

    public void Read(ref Learning.StateReader reader)
    {
        WatermarkUs = reader.Int64();
        _open.Clear();
        for (var left = reader.Int32(); left > 0; left--) _open.Add(BarWindow.Read(ref reader));
    }
}
