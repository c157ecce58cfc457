using Kafka.Stock.Contracts;
using Kafka.Stock.Learning;

namespace Kafka.Stock.Trainer;

/// <summary>The Trainer: scores the forecast whose label came, learns one Adam step, forecasts; in that order.</summary>
/// <remarks>
/// Pure: the outputs are a function of the records of one partition and <see cref="TrainerOptions"/>. Not thread-safe;
/// one a partition.
/// </remarks>
public sealed class TrainerFold : IFold<TrainerMessage, TrainerState>
{
    readonly TrainerOptions _options;
    readonly Action<LearningStep>? _onStep;
    readonly BatchDecoder _decoder;
    readonly ScratchPool _scratches;
    readonly Scorer _scorer;
    readonly Forecaster _forecaster;
    readonly float[] _features;
    readonly float[] _targets;
    readonly int _width;

    /// <summary>Makes the fold; options are checked by who reads them from the user.</summary>
    /// <param name="options">What the fold reads besides its log.</param>
    /// <param name="onStep">Told of each step, for logs; called on the fold's thread.</param>
    public TrainerFold(TrainerOptions options, Action<LearningStep>? onStep = null)
    {
        _options = options;
        _onStep = onStep;
        _decoder = new BatchDecoder(options);
        _width = options.Pipeline.Width;
        _scratches = new ScratchPool(options.BatchRowsMax);
        _features = new float[options.BatchRowsMax * _width];
        _targets = new float[options.BatchRowsMax];
        Epoch = unchecked((long)Fnv1a.Hash(options.Canonical()));
        _scorer = new Scorer(options, Epoch);
        _forecaster = new Forecaster(options, Epoch);
    }

    /// <inheritdoc/>
    public string Name => "trainer";

    /// <inheritdoc/>
    public Topic Input => StockTopics.MicroBatches;

    /// <inheritdoc/>
    public long Epoch { get; }

    /// <inheritdoc/>
    public void Decode(in LogRecord record, ref TrainerMessage message) => _decoder.Decode(record, ref message);

    /// <inheritdoc/>
    public void Route(in TrainerMessage message, SeriesRoute route) =>
        route.Add(message.Promotion is { } promotion ? promotion.Record.Series : message.Batch!.Series);

    /// <inheritdoc/>
    public void Step(in SeriesId series, TrainerState state, in TrainerMessage message, IOutput output)
    {
        if (!state.IsBegun) state.Begin(series, _options, _scratches);
        if (message.Promotion is { } promotion) OnPromotion(series, state, promotion, output);
        else if (message.Batch!.Provisional) OnRefresh(series, state, message.Batch, output);
        else OnBatch(series, state, message.Batch, output);
    }

    /// <summary>Keeps a promotion until its first bar. One whose first bar has gone by already can't be honoured: forecasts have been made
    /// that it should have changed. Unless its model is the champion: then it has come again, as records do that are delivered at least
    /// once.</summary>
    static void OnPromotion(in SeriesId series, TrainerState state, PromotedModel promotion, IOutput output)
    {
        var isLate = promotion.Record.EffectiveFromUs <= state.LastBarEndUs;
        if (state.Waiting.Is(promotion.Record) || (isLate && state.ChampionId == promotion.Record.ModelId))
        {
            output.Count(FoldEvent.Duplicate);
            return;
        }

        if (isLate)
        {
            throw new RecordDefectException(
                $"{series}, promotion of {promotion.Record.ModelId[..12]}",
                $"effective from {promotion.Record.EffectiveFromUs} us, and the series is at {state.LastBarEndUs} us",
                "a bar end that is still to come: promote it again with a later one");
        }

        state.Waiting.Set(promotion);
    }

    void OnBatch(in SeriesId series, TrainerState state, MicroBatch batch, IOutput output)
    {
        if (batch.BarEndUs <= state.LastBarEndUs)
        {
            output.Count(FoldEvent.Duplicate);
            return;
        }

        if (batch.Restarted)
        {
            state.Pending.Clear();
            state.Provisional.Clear();
            state.Volatility.Break();
        }

        var newest = batch.Rows.Count > 0 ? batch.Rows[^1] : null;
        var scored = newest is null ? null : state.Pending.Take(newest.BarEndUs);
        var drift = DriftState.Stable;
        if (newest is not null && scored is not null)
        {
            _scorer.ScoreRefreshes(series, state, newest, newest.Close / scored.LastClose, output);
            var loss = _scorer.Score(series, state, scored, newest);
            drift = state.DriftWatch.Update(series, batch.BarEndUs, loss, output);
            state.Aggregate.Learn(scored.Expertise, Standardised(newest));
            state.Linear.Learn(scored.LastReturn, newest.Features, Standardised(newest));
        }

        // What the champion before forecast has been scored; what is learnt and forecast from here on is the new one's.
        if (state.Waiting.TakeAt(batch.BarEndUs) is { } due) state.Models.Promote(due);
        var step = Learn(state, batch, output);
        if (scored is not null) _scorer.Publish(state, step, output);
        var scale = state.Volatility.Step(batch.VolatilityInputs, batch.RangeVolatility, batch.Scale);
        var forecast = _forecaster.Forecast(state, batch, scale, drift);
        output.Publish(StockTopics.Forecasts, series.Symbol, forecast);
        state.LastBarEndUs = batch.BarEndUs;
        if (state.Window.IsOpen) state.Window.Publish(new ServedModel(state, batch.BarEndUs, LinearExperts.LastReturn(batch)));
        _onStep?.Invoke(new LearningStep(
            series, state.Models.Online.Steps, batch.Rows.Count, step.Applied, step.Loss, forecast.Strategies[^1].PredictedClose));
    }

    /// <summary>Forecasts anew from the session so far; the interval is wider by what the session has still to bring.</summary>
    void OnRefresh(in SeriesId series, TrainerState state, MicroBatch batch, IOutput output)
    {
        if (batch.BarEndUs <= Math.Max(state.LastBarEndUs, state.LastRefreshUs))
        {
            output.Count(FoldEvent.Duplicate);
            return;
        }

        var scale = state.Volatility.Peek(batch.VolatilityInputs, batch.Scale) * Math.Sqrt(1 + (0.75 * batch.RemainingShare));
        output.Publish(StockTopics.Forecasts, series.Symbol, _forecaster.Forecast(state, batch, scale, DriftState.Stable));
        state.LastRefreshUs = batch.BarEndUs;
    }

    StepResult Learn(TrainerState state, MicroBatch batch, IOutput output)
    {
        var count = batch.Rows.Count;
        if (count == 0) return default;
        for (var i = 0; i < count; i++)
        {
            var row = batch.Rows[i];
            row.Features.CopyTo(_features.AsSpan(i * _width));
            _targets[i] = (float)Standardised(row);
        }

        state.Drift.Add(Standardised(batch.Rows[^1]));
        var step = state.Models.Learn(_features.AsSpan(0, count * _width), _targets.AsSpan(0, count));
        if (!step.Applied) output.Count(FoldEvent.SkippedStep);
        return step;
    }

    /// <summary>The label in units of the scale known at the row, clipped to +-5.</summary>
    static double Standardised(LabelledRow row) => Math.Clamp(row.TargetReturn / row.Scale, -5, 5);
}
