using Kafka.Stock.Contracts;
using Kafka.Stock.Topology;
using Kafka.Stock.Trainer;

namespace Kafka.Stock.BatchJob;

/// <summary>Topology, Trainer and retrains as plain composition in memory: what a backtest is.</summary>
/// <remarks>
/// Fed with market records in the order of event time; everything that the folds and retrains publish goes to the observer as it comes:
/// bars, micro-batches, promotions, forecasts, scores, drift alarms, decisions. A function of records and options: equal to itself,
/// and to a live run that waits at month ends. The records pass through their Avro bodies, as on a topic. Not thread-safe.
/// </remarks>
public sealed class Simulation
{
    const int ProgressEvery = 1_000;

    readonly SimulationOptions _options;
    readonly IOutput _observer;
    readonly Action<SimulationProgress>? _progress;
    readonly Action<RecordDefectException>? _deadLetter;
    readonly CancellationToken _cancellation;
    readonly FoldPartition<MarketMessage, TopologyState> _topology;
    readonly FoldPartition<TrainerMessage, TrainerState> _trainer;
    readonly SimulationTap _fromTopology;
    readonly SimulationTap _fromTrainer;
    readonly EncodingOutput _market;
    readonly EncodingOutput _batches;
    readonly MonthEnds _months;
    readonly DriftRequests _drift;
    readonly Retrainer? _retrainer;
    readonly BarGate? _gate;
    long? _trainUntilUs;
    long _eventTimeUs = long.MinValue;
    long _records;
    int _decisions;
    int _promoted;

    /// <summary>A simulation that nothing has happened in.</summary>
    /// <param name="options">What it runs.</param>
    /// <param name="observer">Given every output; records are reused after the call.</param>
    /// <param name="progress">Told every thousand records and after each decision.</param>
    /// <param name="deadLetter">Told of each record that a fold refuses; the simulation goes on.</param>
    /// <param name="cancellation">Ends it within a retrain.</param>
    /// <exception cref="ConfigurationException">Options that make no sense, all at once.</exception>
    public Simulation(
        SimulationOptions options, IOutput observer, Action<SimulationProgress>? progress = null,
        Action<RecordDefectException>? deadLetter = null, CancellationToken cancellation = default)
    {
        _options = options.Validated();
        (_observer, _progress, _deadLetter, _cancellation) = (observer, progress, deadLetter, cancellation);
        var calendar = _options.Topology.Calendar;
        _trainUntilUs = _options.TrainUntilUs;
        _months = new MonthEnds(calendar);
        _drift = new DriftRequests(calendar, _options.Retrain.DriftPauseSessions);
        var history = _options.NeedsHistory ? new TrainingHistory(_options.Retrain) : null;
        if (history is not null) _retrainer = new Retrainer(history, _options.Retrain);
        if (_options is { Schedule: not RetrainSchedule.Never, Gate: { } gate }) _gate = new(gate, calendar, AcknowledgedRows.Empty);

        _topology = new(new TopologyFold(_options.Topology));
        _trainer = new(new TrainerFold(_options.Trainer));
        _fromTrainer = new SimulationTap(observer, history, null, _options.Schedule == RetrainSchedule.OnDrift ? _drift : null, null);
        _batches = new EncodingOutput((Topic _, in LogRecord record) => ApplyToTrainer(record));
        _fromTopology = new SimulationTap(observer, history, _gate, null, _batches);
        _market = new EncodingOutput((Topic _, in LogRecord record) => ApplyToTopology(record));
    }

    /// <summary>State of each series in the Topology.</summary>
    public SeriesStates<TopologyState> TopologyStates => _topology.States;

    /// <summary>State of each series in the Trainer.</summary>
    public SeriesStates<TrainerState> TrainerStates => _trainer.States;

    /// <summary>Records that a fold refused.</summary>
    public long DeadLetters { get; private set; }

    /// <summary>How far it is.</summary>
    public SimulationProgress Progress => new(_eventTimeUs, _records, _decisions, _promoted);

    /// <summary>Takes a trade.</summary>
    public void Apply(in Tick tick) => Apply(tick, tick.Symbol, tick.EventTimeUs);

    /// <summary>Takes a bar.</summary>
    public void Apply(in SourceBar bar) => Apply(bar, bar.Symbol, bar.EndUs);

    /// <summary>Takes a bar of the market reference.</summary>
    public void Apply(in ReferenceBar bar) => Apply(bar, bar.Bar.Symbol, bar.Bar.EndUs);

    /// <summary>Takes a watermark.</summary>
    public void Apply(in Watermark watermark) => Apply(watermark, watermark.Symbol, watermark.TimeUs);

    /// <summary>Takes a split or dividend.</summary>
    public void Apply(in CorporateAction action)
    {
        Apply(action, action.Symbol, action.EffectiveUs);
        _gate?.Add(action);
    }

    /// <summary>Says that no more records come.</summary>
    /// <exception cref="RefusedException">First models were wanted, and no record came after their instant.</exception>
    public void Finish()
    {
        _progress?.Invoke(Progress);
        if (_trainUntilUs is null) return;
        throw new RefusedException(
            "train-until", "no record after it", "an instant before the last record: models take over at the next bar");
    }

    void Apply<TRecord>(in TRecord record, string symbol, long eventTimeUs)
        where TRecord : IAvroRecord<TRecord>
    {
        _cancellation.ThrowIfCancellationRequested();
        RetrainBefore(eventTimeUs);
        _eventTimeUs = Math.Max(_eventTimeUs, eventTimeUs);
        _market.Publish(StockTopics.Market, symbol, record);
        if (++_records % ProgressEvery == 0) _progress?.Invoke(Progress);
    }

    void ApplyToTopology(in LogRecord record)
    {
        try
        {
            _topology.Apply(record, _fromTopology);
        }
        catch (RecordDefectException defect)
        {
            Refused(defect);
        }
    }

    void ApplyToTrainer(in LogRecord record)
    {
        try
        {
            _trainer.Apply(record, _fromTrainer);
        }
        catch (RecordDefectException defect)
        {
            Refused(defect);
        }
    }

    void Refused(RecordDefectException defect)
    {
        DeadLetters++;
        _deadLetter?.Invoke(defect);
    }

    /// <summary>Everything that is due before a record of this time, in the order of its instants.</summary>
    void RetrainBefore(long eventTimeUs)
    {
        if (_retrainer is null || eventTimeUs <= _eventTimeUs) return;
        var isMonth = _months.TryPass(eventTimeUs, out var monthEndUs);
        if (isMonth) _gate?.Settle(monthEndUs);
        isMonth &= _options.Schedule == RetrainSchedule.Monthly;
        if (_trainUntilUs is { } untilUs)
        {
            if (eventTimeUs <= untilUs) return;
            TrainFirst(untilUs);
            isMonth &= monthEndUs > untilUs;
        }

        while (_drift.TryTake(eventTimeUs, out var interval, out var atUs))
        {
            if (!_retrainer.ReadyIntervals(atUs).Contains(interval)) continue;
            Retrain(interval, atUs, RetrainTrigger.Drift);
            _drift.Retrained(interval, atUs);
        }

        if (!isMonth) return;
        foreach (var interval in _retrainer.ReadyIntervals(monthEndUs)) Retrain(interval, monthEndUs, RetrainTrigger.Month);
    }

    void Retrain(string interval, long atUs, string trigger) =>
        Take(_retrainer!.Retrain(interval, atUs, trigger, _gate?.Look(interval, atUs), cancellation: _cancellation));

    void TrainFirst(long untilUs)
    {
        _trainUntilUs = null;
        var promoted = _promoted;
        foreach (var interval in _retrainer!.Intervals) Take(_retrainer.TrainInitial(interval, untilUs, cancellation: _cancellation));
        if (_promoted > promoted) return;
        throw new RefusedException(
            "train-until", "no series with enough rows whose target closed by then",
            $"at least {_options.Retrain.TrainRowsMin} rows of one series: a later instant, or earlier data");
    }

    void Take(RetrainResult result)
    {
        _decisions++;
        if (result.Decision.Promoted) _promoted++;
        result.PublishTo(_observer);
        foreach (var promotion in result.Promotions) _batches.Publish(StockTopics.MicroBatches, promotion.Series.Symbol, promotion);
        _progress?.Invoke(Progress);
    }
}
