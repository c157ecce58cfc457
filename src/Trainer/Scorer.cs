using Kafka.Stock.Contracts;
using Kafka.Stock.Learning;

namespace Kafka.Stock.Trainer;

/// <summary>Scores a forecast when its label comes, before anybody learns from it, and moves the intervals' levels.</summary>
sealed class Scorer
{
    readonly int _levels;
    readonly int _delayRounds;
    readonly Score _score;
    readonly BandKind[] _kinds;
    readonly bool[] _misses;

    public Scorer(TrainerOptions options, long epoch)
    {
        _levels = options.Levels.Count;
        _delayRounds = options.HorizonBars - 1;
        _kinds = new BandKind[_levels];
        _misses = new bool[_levels];
        _score = new Score
        {
            Served = Strategies.Served,
            Epoch = epoch,
            Strategies =
            [
                .. Strategies.All.Select(strategy => new StrategyScore
                {
                    Strategy = strategy,
                    Intervals = new IntervalScore[_levels],
                }),
            ],
        };
    }

    /// <summary>Scores every strategy of <paramref name="forecast"/> by the label of <paramref name="row"/>.</summary>
    /// <returns>Loss of the strategy served: |error| in units of the scale that its interval was made with.</returns>
    public double Score(in SeriesId series, TrainerState state, PendingForecast forecast, LabelledRow row)
    {
        _score.Series = series;
        _score.MadeAtUs = forecast.MadeAtUs;
        _score.TargetEndUs = row.TargetEndUs;
        _score.LastClose = row.Close;
        _score.ActualClose = row.TargetClose;
        _score.ActualReturn = row.TargetReturn;
        for (var i = 0; i < _score.Strategies.Length; i++) ScoreStrategy(_score.Strategies[i], state.Records[i], forecast, i, row);
        _score.Count = ++state.Scores;
        _score.Provisional = false;
        return _score.Strategies[^1].AbsoluteError / forecast.Scale;
    }

    /// <summary>Publishes the score with what the learning step said that followed it.</summary>
    public void Publish(TrainerState state, in StepResult step, IOutput output)
    {
        _score.Loss = step.Applied ? step.Loss : null;
        _score.SkippedSteps = state.Models.SkippedSteps;
        state.BoundWatch.Watch(state, _score, _delayRounds, output);
        output.Publish(StockTopics.Scores, _score.Series.Symbol, _score);
    }

    /// <summary>Scores the refreshes whose target has closed, apart from all else: nothing learns from them.</summary>
    /// <param name="series">Whose.</param>
    /// <param name="state">Its state.</param>
    /// <param name="row">The label, of the session that followed theirs.</param>
    /// <param name="rescaled">What corporate actions made of prices between the refreshes and the label.</param>
    /// <param name="output">Where the scores go.</param>
    public void ScoreRefreshes(in SeriesId series, TrainerState state, LabelledRow row, double rescaled, IOutput output)
    {
        while (state.Provisional.Take(row.TargetEndUs) is { } refresh)
        {
            var lastClose = refresh.LastClose * rescaled;
            _score.Series = series;
            _score.MadeAtUs = refresh.MadeAtUs;
            _score.TargetEndUs = row.TargetEndUs;
            (_score.LastClose, _score.ActualClose) = (lastClose, row.TargetClose);
            _score.ActualReturn = PortableMath.Log(row.TargetClose) - PortableMath.Log(lastClose);
            _score.Provisional = true;
            _score.Count = state.Provisional.CountScore();
            (_score.Loss, _score.Regret, _score.RegretBound) = (null, 0, 0);
            _score.SkippedSteps = state.Models.SkippedSteps;
            for (var i = 0; i < _score.Strategies.Length; i++) ScoreRefresh(_score.Strategies[i], state.Provisional, refresh, i, rescaled);
            output.Publish(StockTopics.Scores, series.Symbol, _score);
        }
    }

    void ScoreRefresh(StrategyScore score, ProvisionalForecasts refreshes, PendingForecast refresh, int strategy, double rescaled)
    {
        var predicted = refresh.PredictedReturns[strategy];
        score.PredictedReturn = predicted;
        score.AbsoluteError = Math.Abs(_score.ActualReturn - predicted);
        score.Mase = refreshes.AddPoint(strategy, predicted, _score.ActualReturn);
        for (var level = 0; level < _levels; level++)
        {
            var index = (strategy * _levels) + level;
            var interval = refresh.Intervals[index];
            var hit = IsHit(interval, rescaled, _score.ActualClose);
            var winkler = Winkler(interval, refresh.LastClose, _score.ActualReturn);
            score.Intervals[level] = new IntervalScore(interval.Level, interval.Kind, hit, winkler, refreshes.AddHit(index, hit));
        }
    }

    static bool IsHit(in ForecastInterval interval, double rescaled, double close) =>
        interval.Lower is not { } lower || interval.Upper is not { } upper || (lower * rescaled <= close && close <= upper * rescaled);

    void ScoreStrategy(StrategyScore score, StrategyRecord record, PendingForecast forecast, int strategy, LabelledRow row)
    {
        var predicted = forecast.PredictedReturns[strategy];
        score.PredictedReturn = predicted;
        score.AbsoluteError = Math.Abs(row.TargetReturn - predicted);
        record.Points.Add(predicted, row.TargetReturn);
        score.Mase = record.Points.Mase;

        // A split between forecast and label moves the price scale of the bounds: exactly 1 without one.
        var rescaled = row.Close / forecast.LastClose;
        for (var level = 0; level < _levels; level++)
        {
            var interval = forecast.Intervals[(strategy * _levels) + level];
            var hit = IsHit(interval, rescaled, row.TargetClose);
            var winkler = Winkler(interval, forecast.LastClose, row.TargetReturn);
            score.Intervals[level] = new IntervalScore(interval.Level, interval.Kind, hit, winkler);
            _kinds[level] = (BandKind)interval.Kind;
            _misses[level] = !hit;
        }

        record.Interval.Update(score.AbsoluteError / forecast.Scale, _kinds, _misses);
    }

    static double? Winkler(in ForecastInterval interval, double lastClose, double actualReturn)
    {
        if (interval.Lower is not { } lower || interval.Upper is not { } upper || !(lower > 0)) return null;
        var start = PortableMath.Log(lastClose);
        var (low, high) = (PortableMath.Log(lower) - start, PortableMath.Log(upper) - start);
        var outside = Math.Max(0, Math.Max(low - actualReturn, actualReturn - high));
        return high - low + (2 / (1 - interval.Level) * outside);
    }
}
