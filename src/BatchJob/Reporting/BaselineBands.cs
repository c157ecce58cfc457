using Kafka.Stock.Learning;

namespace Kafka.Stock.BatchJob;

/// <summary>Two intervals of the trade, made at each bar of a series from what was known then, to hold the served ones against: the
/// quantiles of the last 250 returns, and a conformal layer like the served one on an exponentially weighted mean of r^2.</summary>
/// <remarks>Both centre on what they know of returns: the quantiles on themselves, the other on 0. A restart of the series empties
/// them.</remarks>
sealed class BaselineBands
{
    const int QuantileDays = 250;
    const double Lambda = 0.94;
    const double ScaleMin = 1e-4;

    readonly double[] _levels;
    readonly Column<double>[] _quantileLower;
    readonly Column<double>[] _quantileUpper;
    readonly Column<double>[] _ewmaHalf;
    readonly BandKind[] _kinds;
    readonly bool[] _misses;
    readonly SlidingQuantile _window = new(QuantileDays);
    ConformalInterval _conformal;
    double _squares;
    double _weights;
    double _scale = double.NaN;

    BaselineBands(IReadOnlyList<double> levels)
    {
        _levels = [.. levels];
        _quantileLower = [.. levels.Select(_ => new Column<double>())];
        _quantileUpper = [.. levels.Select(_ => new Column<double>())];
        _ewmaHalf = [.. levels.Select(_ => new Column<double>())];
        _kinds = new BandKind[_levels.Length];
        _misses = new bool[_levels.Length];
        _conformal = new ConformalInterval(_levels);
    }

    /// <summary>Lower quantile by bar, in log returns; NaN before 250 returns.</summary>
    public ReadOnlySpan<double> QuantileLowers(int level) => _quantileLower[level].Values;

    /// <summary>Upper quantile by bar, in log returns; NaN before 250 returns.</summary>
    public ReadOnlySpan<double> QuantileUppers(int level) => _quantileUpper[level].Values;

    /// <summary>Half-width of the EWMA interval by bar, in log returns; NaN or infinite where there is none.</summary>
    public ReadOnlySpan<double> EwmaHalves(int level) => _ewmaHalf[level].Values;

    /// <summary>The bands of all bars of a series.</summary>
    public static BaselineBands Of(SeriesJournal series)
    {
        var bands = new BaselineBands(series.Levels);
        var returns = ReturnsByBar(series);
        for (var bar = 0; bar < series.BarNumbers.Length; bar++) bands.Step(series.BarNumbers[bar] == 1, returns[bar]);
        return bands;
    }

    /// <summary>Return of each bar over the bar before: of the scores where there are any, since those know of splits.</summary>
    static double[] ReturnsByBar(SeriesJournal series)
    {
        var returns = new double[series.Closes.Length];
        for (var bar = 1; bar < returns.Length; bar++)
            returns[bar] = PortableMath.Log(series.Closes[bar]) - PortableMath.Log(series.Closes[bar - 1]);
        for (var i = 0; i < series.Count; i++)
        {
            var next = series.BarsOfForecasts[i] + 1;
            if (series.IsScored(i) && !series.Provisionals[i] && next < returns.Length && series.BarEndUs[next] == series.TargetEndUs[i])
                returns[next] = series.ActualReturns[i];
        }

        return returns;
    }

    void Step(bool isFirst, double change)
    {
        if (isFirst) Restart();
        else Learn(change);
        _scale = _weights > 0 ? Math.Max(Math.Sqrt(_squares / _weights), ScaleMin) : double.NaN;
        for (var level = 0; level < _levels.Length; level++)
        {
            var tail = (1 - _levels[level]) / 2;
            var isReady = _window.Count == QuantileDays;
            _quantileLower[level].Add(isReady ? _window.Quantile(tail) : double.NaN);
            _quantileUpper[level].Add(isReady ? _window.Quantile(1 - tail) : double.NaN);
            var band = double.IsNaN(_scale) ? new Band(double.NaN, BandKind.Warming) : _conformal.Bounds(level, _scale);
            _ewmaHalf[level].Add(band.HalfWidth);
            _kinds[level] = band.Kind;
        }
    }

    void Learn(double change)
    {
        if (!double.IsNaN(_scale))
        {
            for (var level = 0; level < _levels.Length; level++)
                _misses[level] = !(Math.Abs(change) <= _ewmaHalf[level].Values[^1]);
            _conformal.Update(Math.Abs(change) / _scale, _kinds, _misses);
        }

        _window.Add(change);
        _squares = (Lambda * _squares) + ((1 - Lambda) * change * change);
        _weights = (Lambda * _weights) + (1 - Lambda);
    }

    void Restart()
    {
        _window.Clear();
        _conformal = new ConformalInterval(_levels);
        (_squares, _weights, _scale) = (0, 0, double.NaN);
    }
}
