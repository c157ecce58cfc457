namespace Kafka.Stock.Learning;

/// <summary>Page-Hinkley test for a change of the mean in either direction (Page 1954; Mouss et al. 2004), with fading sums.</summary>
/// <remarks>Defaults and positions of alarms are those of River's detector of the same name (golden test: DriftDetectorTests).</remarks>
public sealed class PageHinkley : IDriftDetector
{
    const int Layout = 0x3148_4750;
    const int ValuesMin = 30;
    const double Tolerance = 0.005;
    const double Threshold = 50.0;
    const double Fading = 0.9999;
    const double RecentDecay = 0.95;

    long _since;
    double _mean;
    double _rise;
    double _riseMin;
    double _fall;
    double _fallMax;
    ExponentialMean _recent = new(RecentDecay);

    /// <inheritdoc/>
    public string Name => "page-hinkley";

    /// <inheritdoc/>
    public long Count { get; private set; }

    /// <inheritdoc/>
    public double Before { get; private set; }

    /// <inheritdoc/>
    public double After { get; private set; }

    /// <inheritdoc/>
    public int StateBytes => sizeof(int) + 2 * sizeof(long) + 7 * sizeof(double) + ExponentialMean.StateBytes;

    /// <inheritdoc/>
    public bool Update(double value)
    {
        if (!double.IsFinite(value)) return false;
        Count++;
        _since++;
        var before = _mean;
        _mean += (value - _mean) / _since;
        _recent.Add(value);
        var distance = value - _mean;
        _rise = Fading * _rise + distance - Tolerance;
        _fall = Fading * _fall + distance + Tolerance;
        _riseMin = Math.Min(_riseMin, _rise);
        _fallMax = Math.Max(_fallMax, _fall);
        if (_since < ValuesMin || !(_rise - _riseMin > Threshold || _fallMax - _fall > Threshold)) return false;

        (Before, After) = (before, _recent.Value);
        (_since, _mean, _rise, _riseMin, _fall, _fallMax) = (0, 0, 0, 0, 0, 0);
        _recent.Reset();
        return true;
    }

    /// <inheritdoc/>
    public void Write(ref StateWriter writer)
    {
        writer.Int32(Layout);
        writer.Int64(Count);
        writer.Int64(_since);
        writer.Double(Before);
        writer.Double(After);
        writer.Double(_mean);
        writer.Double(_rise);
        writer.Double(_riseMin);
        writer.Double(_fall);
        writer.Double(_fallMax);
        _recent.Write(ref writer);
    }

    /// <inheritdoc/>
    public void Read(ref StateReader reader)
    {
        reader.Expect(Layout, "page-hinkley");
        Count = reader.Int64();
        _since = reader.Int64();
        Before = reader.Double();
        After = reader.Double();
        _mean = reader.Double();
        _rise = reader.Double();
        _riseMin = reader.Double();
        _fall = reader.Double();
        _fallMax = reader.Double();
        _recent.Read(ref reader);
    }
}
