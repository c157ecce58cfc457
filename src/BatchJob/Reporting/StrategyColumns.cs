using Kafka.Stock.Contracts;

namespace Kafka.Stock.BatchJob;

/// <summary>The forecasts of one strategy of one series, a column a field; some 90 bytes a forecast with three levels.</summary>
sealed class StrategyColumns
{
    readonly Column<double> _predictedReturn = new();
    readonly Column<double> _predictedClose = new();
    readonly Column<float> _weight = new();
    readonly Column<int> _model = new();
    readonly Column<long> _steps = new();
    readonly Column<double>[] _lower;
    readonly Column<double>[] _upper;
    readonly Column<byte>[] _kind;

    public StrategyColumns(string strategy, int levels)
    {
        Strategy = strategy;
        _lower = NewColumns<double>(levels);
        _upper = NewColumns<double>(levels);
        _kind = NewColumns<byte>(levels);
    }

    public string Strategy { get; }

    public ReadOnlySpan<double> PredictedReturns => _predictedReturn.Values;

    public ReadOnlySpan<double> PredictedCloses => _predictedClose.Values;

    /// <summary>Weight in the aggregate; 0 without one.</summary>
    public ReadOnlySpan<float> Weights => _weight.Values;

    /// <summary>Place of the model's id in the journal's list.</summary>
    public ReadOnlySpan<int> Models => _model.Values;

    public ReadOnlySpan<long> Steps => _steps.Values;

    /// <summary>Lower bounds in dollars; NaN where unbounded.</summary>
    public ReadOnlySpan<double> Lowers(int level) => _lower[level].Values;

    /// <summary>Upper bounds in dollars; NaN where unbounded.</summary>
    public ReadOnlySpan<double> Uppers(int level) => _upper[level].Values;

    public IntervalKind Kind(int level, int index) => (IntervalKind)_kind[level][index];

    public void Add(StrategyForecast forecast, int model)
    {
        _predictedReturn.Add(forecast.PredictedReturn);
        _predictedClose.Add(forecast.PredictedClose);
        _weight.Add((float)forecast.Weight);
        _model.Add(model);
        _steps.Add(forecast.Steps);
        for (var level = 0; level < _lower.Length; level++)
        {
            var interval = forecast.Intervals[level];
            _lower[level].Add(interval.Lower ?? double.NaN);
            _upper[level].Add(interval.Upper ?? double.NaN);
            _kind[level].Add((byte)interval.Kind);
        }
    }

    static Column<T>[] NewColumns<T>(int count) => [.. Enumerable.Range(0, count).Select(_ => new Column<T>())];
}
