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
    readonly LearnerScratch _scratch;
    readonly Scorer _scorer;
    readonly Forecaster _forecaster;
    readonly float[] _features;
    readonly float[] _targets;
    readonly int _width = FeaturePipeline.PriceV1.Width;

    /// <summary>Makes the fold; options are checked by who reads them from the user.</summary>
    /// <param name="options">What the fold reads besides its log.</param>
    /// <param name="onStep">Told of each step, for logs; called on the fold's thread.</param>
    public TrainerFold(TrainerOptions options, Action<LearningStep>? onStep = null)
    {
        _options = options;
        _onStep = onStep;
        _decoder = new BatchDecoder(options);
        _scratch = new LearnerScratch(new NetworkShape(_width, options.HiddenUnits), options.BatchRowsMax);
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
    public void Route(in TrainerMessage message, SeriesRoute route) => route.Add(message.Batch!.Series);

    /// <inheritdoc/>
    public void Step(in SeriesId series, TrainerState state, in TrainerMessage message, IOutput output)
    {
        var batch = message.Batch!;
        if (batch.BarEndUs <= state.LastBarEndUs)
        {
            output.Count(FoldEvent.Duplicate);
            return;
        }

        if (!state.IsBegun) state.Begin(series, _width, _options, _scratch);
        if (batch.Restarted)
        {
            state.Pending.Clear();
            state.Volatility.Break();
        }

        var newest = batch.Rows.Count > 0 ? batch.Rows[^1] : null;
        var scored = newest is null ? null : state.Pending.Take(newest.BarEndUs);
        var drift = DriftState.Stable;
        if (newest is not null && scored is not null)
        {
            var loss = _scorer.Score(series, state, scored, newest);
            drift = state.DriftWatch.Update(series, batch.BarEndUs, loss, output);
            state.Aggregate.Learn(scored.Expertise, Standardised(newest));
        }

        var step = Learn(state, batch, output);
        if (scored is not null) _scorer.Publish(state, step, output);
        var scale = state.Volatility.Step(batch.VolatilityInputs, batch.RangeVolatility, batch.Scale);
        var forecast = _forecaster.Forecast(state, batch, scale, drift);
        output.Publish(StockTopics.Forecasts, series.Symbol, forecast);
        state.LastBarEndUs = batch.BarEndUs;
        _onStep?.Invoke(new LearningStep(
            series, state.Network.Steps, batch.Rows.Count, step.Applied, step.Loss, forecast.Strategies[^1].PredictedClose));
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
        var step = state.Network.Learn(_features.AsSpan(0, count * _width), _targets.AsSpan(0, count));
        if (!step.Applied) output.Count(FoldEvent.SkippedStep);
        return step;
    }

    /// <summary>The label in units of the scale known at the row, clipped to +-5.</summary>
    static double Standardised(LabelledRow row) => Math.Clamp(row.TargetReturn / row.Scale, -5, 5);
}
