using Kafka.Stock.Contracts;

namespace Kafka.Stock.BatchJob;

/// <summary>All forecasts of one series in the order in which they were made, with what came of them.</summary>
public sealed class SeriesJournal
{
    readonly Column<long> _madeAtUs = new();
    readonly Column<long> _targetTimeUs = new();
    readonly Column<double> _lastClose = new();
    readonly Column<double> _scale = new();
    readonly Column<bool> _provisional = new();
    readonly Column<int> _bar = new();
    readonly Column<long> _targetEndUs = new();
    readonly Column<double> _rescaledClose = new();
    readonly Column<double> _actualClose = new();
    readonly Column<double> _actualReturn = new();
    readonly Column<long> _barEndUs = new();
    readonly Column<double> _close = new();
    readonly Column<int> _barNumber = new();
    StrategyColumns[] _strategies = [];
    int _firstUnscored;

    internal SeriesJournal(SeriesId series) => Series = series;

    /// <summary>Whose forecasts.</summary>
    public SeriesId Series { get; }

    /// <summary>Forecasts.</summary>
    public int Count => _madeAtUs.Count;

    /// <summary>Strategies, in the order of the forecasts.</summary>
    public IEnumerable<string> Strategies => _strategies.Select(strategy => strategy.Strategy);

    /// <summary>Levels of the intervals, rising.</summary>
    public IReadOnlyList<double> Levels { get; private set; } = [];

    /// <summary>The strategy that speaks for the system.</summary>
    public string Served { get; private set; } = "";

    /// <summary>Regret of the last score.</summary>
    public double Regret { get; private set; }

    /// <summary>What <see cref="Regret"/> can't exceed by the theorem of the aggregation.</summary>
    public double RegretBound { get; private set; }

    internal ReadOnlySpan<long> MadeAtUs => _madeAtUs.Values;

    internal ReadOnlySpan<long> TargetTimeUs => _targetTimeUs.Values;

    internal ReadOnlySpan<double> LastCloses => _lastClose.Values;

    internal ReadOnlySpan<double> Scales => _scale.Values;

    internal ReadOnlySpan<bool> Provisionals => _provisional.Values;

    /// <summary>Place of each forecast's bar among the bars.</summary>
    internal ReadOnlySpan<int> BarsOfForecasts => _bar.Values;

    internal ReadOnlySpan<long> TargetEndUs => _targetEndUs.Values;

    /// <summary>Last close, rescaled by the corporate actions until the label came; NaN before.</summary>
    internal ReadOnlySpan<double> RescaledCloses => _rescaledClose.Values;

    /// <summary>NaN where no label has come.</summary>
    internal ReadOnlySpan<double> ActualCloses => _actualClose.Values;

    internal ReadOnlySpan<double> ActualReturns => _actualReturn.Values;

    internal ReadOnlySpan<long> BarEndUs => _barEndUs.Values;

    internal ReadOnlySpan<double> Closes => _close.Values;

    /// <summary>Number of each bar since the series began or restarted, from 1.</summary>
    internal ReadOnlySpan<int> BarNumbers => _barNumber.Values;

    internal IReadOnlyList<StrategyColumns> Columns => _strategies;

    internal bool IsScored(int index) => !double.IsNaN(_actualClose[index]);

    internal void Add(in Bar bar, long restartAfterUs)
    {
        var isNew = _barEndUs.Count == 0 || bar.EndUs - _barEndUs[^1] > restartAfterUs;
        _barNumber.Add(isNew ? 1 : _barNumber[^1] + 1);
        _barEndUs.Add(bar.EndUs);
        _close.Add(bar.Close.ToDouble());
    }

    internal void Add(Forecast forecast, Func<string, int> modelOf)
    {
        if (_strategies.Length == 0) Begin(forecast);
        _madeAtUs.Add(forecast.MadeAtUs);
        _targetTimeUs.Add(forecast.TargetTimeUs);
        _lastClose.Add(forecast.LastClose);
        _scale.Add(forecast.Scale);
        _provisional.Add(forecast.Provisional);
        _bar.Add(_barEndUs.Count - 1);
        _targetEndUs.Add(0);
        _rescaledClose.Add(double.NaN);
        _actualClose.Add(double.NaN);
        _actualReturn.Add(double.NaN);
        for (var i = 0; i < _strategies.Length; i++) _strategies[i].Add(forecast.Strategies[i], modelOf(forecast.Strategies[i].ModelId));
    }

    internal void Add(Score score)
    {
        // Scores come in the order of the forecasts, but for the provisional ones, whose labels come together.
        for (var i = _firstUnscored; i < Count && _madeAtUs[i] <= score.MadeAtUs; i++)
        {
            if (_madeAtUs[i] != score.MadeAtUs || _provisional[i] != score.Provisional) continue;
            _targetEndUs[i] = score.TargetEndUs;
            _rescaledClose[i] = score.LastClose;
            _actualClose[i] = score.ActualClose;
            _actualReturn[i] = score.ActualReturn;
        }

        while (_firstUnscored < Count && IsScored(_firstUnscored)) _firstUnscored++;
        if (score.Provisional) return;
        Regret = score.Regret;
        RegretBound = score.RegretBound;
    }

    void Begin(Forecast forecast)
    {
        Served = forecast.Served;
        Levels = forecast.Strategies.Length == 0 ? [] : [.. forecast.Strategies[0].Intervals.Select(interval => interval.Level)];
        _strategies = [.. forecast.Strategies.Select(strategy => new StrategyColumns(strategy.Strategy, Levels.Count))];
    }
}
