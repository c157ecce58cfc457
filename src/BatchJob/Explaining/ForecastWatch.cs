using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Kafka.Stock.Contracts;
using Kafka.Stock.Learning;
using Kafka.Stock.Topology;
using Kafka.Stock.Trainer;

namespace Kafka.Stock.BatchJob;

/// <summary>Watches the folds until one forecast of one series has been made, and keeps what led to it.</summary>
/// <param name="series">Whose forecast.</param>
/// <param name="isIt">Whether a forecast made at a time is the one.</param>
public sealed class ForecastWatch(SeriesId series, Func<long, bool> isIt) : IOutput
{
    readonly List<ModelPromotion> _promotions = [];
    readonly NamePool _names = new();
    MicroBatch? _batch;
    Forecast? _forecast;
    Score? _score;
    int _bars;
    int _alarms;

    /// <summary>True once the forecast has been made; nothing after it is looked at.</summary>
    [MemberNotNullWhen(true, nameof(_batch), nameof(_forecast))]
    public bool IsFound { get; private set; }

    /// <summary>First and last forecast of the series that were seen; null without one.</summary>
    public (long FirstUs, long LastUs)? Seen { get; private set; }

    /// <inheritdoc/>
    public void Publish<TRecord>(Topic topic, string symbol, in TRecord record)
        where TRecord : IAvroRecord<TRecord>
    {
        if (IsFound) return;
        switch (record)
        {
            case Bar bar when bar.Series == series: _bars++; break;
            case MicroBatch batch when batch.Series == series: Copy(batch, ref _batch); break;
            case Score score when score.Series == series && !score.Provisional: Copy(score, ref _score); break;
            case DriftAlarm alarm when alarm.Series == series: _alarms++; break;
            case ModelPromotion promotion when promotion.Series == series: _promotions.Add(promotion); break;
            case Forecast forecast when forecast.Series == series:
                Seen = (Seen?.FirstUs ?? forecast.MadeAtUs, forecast.MadeAtUs);
                if (!isIt(forecast.MadeAtUs)) break;
                Copy(forecast, ref _forecast);
                IsFound = true;
                break;
        }
    }

    /// <inheritdoc/>
    public void Count(FoldEvent what)
    {
        // Counts lead to no forecast.
    }

    /// <summary>What led to the forecast, with the states as they stand right after it.</summary>
    /// <param name="topology">State of the series in the Topology.</param>
    /// <param name="trainer">State of the series in the Trainer.</param>
    /// <param name="pipeline">What made the features.</param>
    /// <exception cref="InvalidOperationException">The forecast hasn't been made.</exception>
    public Explanation Explain(TopologyState topology, TrainerState trainer, FeaturePipeline pipeline)
    {
        if (!IsFound) throw new InvalidOperationException("the forecast hasn't been made");
        return new Explanation
        {
            Series = series.ToString(),
            MadeAt = Time(_forecast.MadeAtUs),
            TargetTime = Time(_forecast.TargetTimeUs),
            LastClose = _forecast.LastClose,
            Scale = _forecast.Scale,
            Served = _forecast.Served,
            Drift = _forecast.Drift.ToString().ToLowerInvariant(),
            Alarms = _alarms,
            Bars = _bars,
            Scores = _score?.Count ?? 0,
            Regret = _score?.Regret,
            RegretBound = _score?.RegretBound,
            Pipeline = $"{pipeline.Name}/{pipeline.Version}",
            Features = [.. pipeline.FeatureNames.Zip(_batch.Features, (name, value) => new ExplainedFeature(name, value))],
            Rows = [.. _batch.Rows.Select((row, place) => Row(row, place == _batch.Rows.Count - 1))],
            Strategies = [.. _forecast.Strategies.Select((strategy, place) => Strategy(strategy, place, trainer))],
            Promotions = [.. _promotions.Select(Model)],
            TopologyStateSha256 = Hash(topology.StateBytes, topology.Write),
            TrainerStateSha256 = Hash(trainer.StateBytes, trainer.Write),
        };
    }

    ExplainedStrategy Strategy(StrategyForecast strategy, int place, TrainerState trainer) => new(
        strategy.Strategy, strategy.PredictedClose, strategy.PredictedReturn, strategy.Weight, strategy.ModelId, strategy.Steps,
        [
            .. strategy.Intervals.Select((interval, level) =>
            {
                var score = _score?.Strategies.ElementAtOrDefault(place)?.Intervals.ElementAtOrDefault(level);
                return new ExplainedInterval(
                    interval.Level, interval.Lower, interval.Upper, interval.Kind.ToString().ToLowerInvariant(),
                    trainer.IntervalAlpha(place, level), trainer.IntervalScores(place), score?.Coverage, score?.CoverageBound);
            }),
        ]);

    static ExplainedRow Row(LabelledRow row, bool isNewest) => new(
        Time(row.BarEndUs), Time(row.TargetEndUs), row.Close, row.TargetClose, row.TargetReturn, row.Scale, isNewest);

    static ExplainedModel Model(ModelPromotion promotion) => new(
        promotion.ModelId, Time(promotion.TrainedUntilUs), Time(promotion.EffectiveFromUs), promotion.Initial);

    static DateTime Time(long timeUs) => DateTime.UnixEpoch.AddMicroseconds(timeUs);

    delegate void Saves(ref StateWriter writer);

    static string Hash(int bytes, Saves save)
    {
        var state = new byte[bytes];
        var writer = new StateWriter(state);
        save(ref writer);
        return Convert.ToHexStringLower(SHA256.HashData(state.AsSpan(0, writer.Position)));
    }

    /// <summary>The folds use a record again after the call.</summary>
    void Copy<TRecord>(TRecord record, ref TRecord? kept)
        where TRecord : class, IAvroRecord<TRecord>
    {
        var body = new ArrayBufferWriter<byte>(1_024);
        AvroBody.Write(record, body);
        kept = null;
        AvroBody.Read(body.WrittenSpan, _names, ref kept);
    }
}
