namespace Kafka.Stock.Learning;

/// <summary>Cuts bad prints: a high or low that lies far outside what the series' bars do is moved to the edge of what is
/// plausible.</summary>
/// <remarks>Causal. The typical range q is an exponential mean of ranges that are themselves cut at 6 q, so one wild print can't widen
/// it much.</remarks>
struct RangeCleaner
{
    /// <summary>Bytes of its saved state.</summary>
    public const int StateBytes = sizeof(double);

    const double TailRanges = 5.0;
    const double UpdateRanges = 6.0;
    const double Decay = 0.95;
    const double FirstMin = 0.005;
    const double FirstMax = 0.05;

    double _typical;

    /// <summary>Gives the bar's high and low, moved towards open and close where they can't be true.</summary>
    public void Clean(in BarInput bar, out double high, out double low)
    {
        var top = Math.Max(bar.Open, bar.Close);
        var bottom = Math.Min(bar.Open, bar.Close);
        var body = Math.Abs(PortableMath.LogRatio(bar.Close, bar.Open));
        var up = Math.Max(PortableMath.LogRatio(bar.High, top), 0.0);
        var down = Math.Max(PortableMath.LogRatio(bottom, bar.Low), 0.0);
        if (_typical == 0.0) _typical = Math.Min(Math.Max(up + down + body, FirstMin), FirstMax);

        var limit = TailRanges * _typical + body;
        high = up > limit ? Math.Min(top * PortableMath.Exp(limit), bar.High) : Math.Max(bar.High, top);
        low = down > limit ? Math.Max(bottom * PortableMath.Exp(-limit), bar.Low) : Math.Min(bar.Low, bottom);
        var range = Math.Min(up, limit) + Math.Min(down, limit) + body;
        _typical = Decay * _typical + (1.0 - Decay) * Math.Min(range, UpdateRanges * _typical);
    }

    public void Reset() => _typical = 0.0;

    public readonly void Write(ref StateWriter writer) => writer.Double(_typical);

    public void Read(ref StateReader reader) => _typical = reader.Double();
}
