namespace Kafka.Stock.Learning;

/// <summary>Exponentially weighted mean, free of bias from its first value on: EW(x, decay) of the design.</summary>
struct ExponentialMean(double decay)
{
    /// <summary>Bytes of its saved state.</summary>
    public const int StateBytes = 2 * sizeof(double);

    readonly double _decay = decay;
    double _sum;
    double _weight;

    /// <summary>The mean; 0 before the first value.</summary>
    public readonly double Value => _weight > 0 ? _sum / _weight : 0.0;

    public void Add(double x)
    {
        _sum = _decay * _sum + (1.0 - _decay) * x;
        _weight = _decay * _weight + (1.0 - _decay);
    }

    public void Reset() => (_sum, _weight) = (0.0, 0.0);

    public readonly void Write(ref StateWriter writer)
    {
        writer.Double(_sum);
        writer.Double(_weight);
    }

    public void Read(ref StateReader reader)
    {
        _sum = reader.Double();
        _weight = reader.Double();
    }
}
