using Kafka.Stock.Contracts;
using Kafka.Stock.Learning;

namespace Kafka.Stock.BatchJob;

/// <summary>Sums over the intervals of one strategy and level, and over the baselines on the same rows.</summary>
/// <remarks>An unbounded interval is a hit without a Winkler score. A ratio to a baseline is taken over the rows where both have
/// one.</remarks>
sealed class IntervalTally(double level)
{
    readonly double _alpha = 1 - level;
    double _winkler;
    double _pinball;
    double _winklerBesideQuantile;
    double _quantile;
    long _quantileRows;
    double _winklerBesideEwma;
    double _ewma;
    long _ewmaRows;

    public long Count { get; private set; }

    public long Hits { get; private set; }

    public long Unbounded { get; private set; }

    public long Empty { get; private set; }

    public double? Coverage => Count > 0 ? (double)Hits / Count : null;

    public double? Winkler => Ratio(_winkler, Count - Unbounded);

    public double? Pinball => Ratio(_pinball, Count - Unbounded);

    public double? QuantileWinkler => Ratio(_quantile, _quantileRows);

    public double? EwmaWinkler => Ratio(_ewma, _ewmaRows);

    public double? RatioToQuantile => _quantile > 0 ? _winklerBesideQuantile / _quantile : null;

    public double? RatioToEwma => _ewma > 0 ? _winklerBesideEwma / _ewma : null;

    /// <summary>Takes an interval in log returns, whether it was hit, and the baselines' of the same bar.</summary>
    public void Add(
        double lower, double upper, IntervalKind kind, bool isHit, double actual,
        double quantileLower, double quantileUpper, double ewmaHalf)
    {
        Count++;
        if (isHit) Hits++;
        if (kind == IntervalKind.Empty) Empty++;
        if (!double.IsFinite(lower) || !double.IsFinite(upper))
        {
            Unbounded++;
            return;
        }

        var winkler = IntervalScores.Winkler(lower, upper, actual, _alpha);
        _winkler += winkler;
        _pinball += (IntervalScores.Pinball(lower, actual, _alpha / 2) + IntervalScores.Pinball(upper, actual, 1 - (_alpha / 2))) / 2;
        if (double.IsFinite(quantileLower))
        {
            _quantile += IntervalScores.Winkler(quantileLower, quantileUpper, actual, _alpha);
            _winklerBesideQuantile += winkler;
            _quantileRows++;
        }

        if (double.IsFinite(ewmaHalf))
        {
            _ewma += IntervalScores.Winkler(-ewmaHalf, ewmaHalf, actual, _alpha);
            _winklerBesideEwma += winkler;
            _ewmaRows++;
        }
    }

    /// <summary>Pools the sums of another series or period into these.</summary>
    public void Add(IntervalTally other)
    {
        Count += other.Count;
        Hits += other.Hits;
        Unbounded += other.Unbounded;
        Empty += other.Empty;
        _winkler += other._winkler;
        _pinball += other._pinball;
        _quantile += other._quantile;
        _winklerBesideQuantile += other._winklerBesideQuantile;
        _quantileRows += other._quantileRows;
        _ewma += other._ewma;
        _winklerBesideEwma += other._winklerBesideEwma;
        _ewmaRows += other._ewmaRows;
    }

    static double? Ratio(double sum, long count) => count > 0 ? sum / count : null;
}
