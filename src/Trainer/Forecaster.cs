using Kafka.Stock.Contracts;
using Kafka.Stock.Learning;

namespace Kafka.Stock.Trainer;

/// <summary>Makes the forecast of a bar: every strategy's point, and its interval at every level.</summary>
sealed class Forecaster
{
    /// <summary>No expert says more than this, in units of s(t): an over-active model loses to "no change".</summary>
    const double ExpertiseMax = 0.5;

    readonly int _levels;
    readonly double[] _level;
    readonly double[] _expertise = new double[Strategies.Experts.Count];
    readonly Forecast _forecast;
    float _lastReturn;

    public Forecaster(TrainerOptions options, long epoch)
    {
        _level = [.. options.Levels];
        _levels = _level.Length;
        _forecast = new Forecast
        {
            Served = Strategies.Served,
            Epoch = epoch,
            Strategies =
            [
                .. Strategies.All.Select(strategy => new StrategyForecast
                {
                    Strategy = strategy,
                    Intervals = new ForecastInterval[_levels],
                }),
            ],
        };
    }

    /// <summary>The forecast of the micro-batch's bar, also kept in the state until its label comes.</summary>
    /// <returns>The same object at each call.</returns>
    public Forecast Forecast(TrainerState state, MicroBatch batch, double scale, DriftState drift)
    {
        _forecast.Provisional = batch.Provisional;
        _forecast.Series = batch.Series;
        _forecast.MadeAtUs = batch.BarEndUs;
        _forecast.TargetTimeUs = batch.TargetTimeUs;
        _forecast.LastClose = batch.Close;
        _forecast.Scale = scale;
        _forecast.Drift = drift;
        _forecast.Fingerprint = batch.Fingerprint;

        SetPoints(state, batch);
        for (var i = 0; i < _forecast.Strategies.Length; i++) SetIntervals(_forecast.Strategies[i], state.Records[i], batch.Close, scale);
        Keep(batch.Provisional ? state.Provisional.Add() : state.Pending.Add());
        return _forecast;
    }

    /// <summary>Points are in units of s(t), the scale that labels are divided by; intervals have a scale of their own.</summary>
    void SetPoints(TrainerState state, MicroBatch batch)
    {
        var strategies = _forecast.Strategies;
        var models = state.Models;
        _lastReturn = LinearExperts.LastReturn(batch);
        _expertise[0] = 0;
        _expertise[1] = Clip(state.Drift.Value);
        _expertise[2] = models.PredictOnline(batch.Features);
        _expertise[3] = models.PredictBatch(batch.Features);
        _expertise[4] = models.PredictHybrid(batch.Features);
        _expertise[5] = Clip(state.Linear.PredictAr1(_lastReturn));
        _expertise[6] = Clip(state.Linear.PredictRidge(batch.Features));
        for (var expert = 0; expert < _expertise.Length; expert++)
        {
            SetPoint(strategies[expert], batch, _expertise[expert] * batch.Scale);
            strategies[expert].Weight = state.Aggregate.Weight(expert);
        }

        (strategies[2].ModelId, strategies[2].Steps) = (models.OnlineId, models.Online.Steps);
        (strategies[3].ModelId, strategies[3].Steps) = (models.ChampionId, 0);
        (strategies[4].ModelId, strategies[4].Steps) = (models.ChampionId, models.HybridSteps);
        SetPoint(strategies[^1], batch, state.Aggregate.Forecast(_expertise) * batch.Scale);
    }

    /// <summary>What an expert may say, in units of s(t).</summary>
    internal static double Clip(double expertise) => Math.Clamp(expertise, -ExpertiseMax, ExpertiseMax);

    static void SetPoint(StrategyForecast strategy, MicroBatch batch, double predictedReturn)
    {
        strategy.PredictedReturn = predictedReturn;
        strategy.PredictedClose = batch.Close * PortableMath.Exp(predictedReturn);
    }

    void SetIntervals(StrategyForecast strategy, StrategyRecord record, double lastClose, double scale)
    {
        for (var level = 0; level < _levels; level++)
        {
            var band = record.Interval.Bounds(level, scale);
            var kind = (IntervalKind)band.Kind;
            var lower = lastClose * PortableMath.Exp(strategy.PredictedReturn - band.HalfWidth);
            var upper = lastClose * PortableMath.Exp(strategy.PredictedReturn + band.HalfWidth);

            var share = _level[level];
            var point = strategy.PredictedClose;

            // A bound that no double holds is no bound: nothing non-finite is ever published.
            if (kind == IntervalKind.Unbounded || !double.IsFinite(upper))
            {
                strategy.Intervals[level] = new(share, null, null, IntervalKind.Unbounded);
            }
            else if (kind == IntervalKind.Empty)
            {
                strategy.Intervals[level] = new(share, point, point, kind);
            }
            else
            {
                strategy.Intervals[level] = new(share, lower, upper, kind);
            }
        }
    }

    void Keep(PendingForecast pending)
    {
        pending.MadeAtUs = _forecast.MadeAtUs;
        pending.TargetTimeUs = _forecast.TargetTimeUs;
        pending.LastClose = _forecast.LastClose;
        pending.Scale = _forecast.Scale;
        pending.LastReturn = _lastReturn;
        _expertise.CopyTo(pending.Expertise, 0);
        for (var i = 0; i < _forecast.Strategies.Length; i++)
        {
            pending.PredictedReturns[i] = _forecast.Strategies[i].PredictedReturn;
            _forecast.Strategies[i].Intervals.CopyTo(pending.Intervals.AsSpan(i * _levels));
        }
    }
}
