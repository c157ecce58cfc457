using Kafka.Stock.Contracts;
using Kafka.Stock.Learning;

namespace Kafka.Stock.Topology;

/// <summary>Labels the row whose target has closed and publishes the micro-batch of the newest bar.</summary>
sealed class MicroBatchMaker(TopologyOptions options, long epoch)
{
    const int VolatilityInputs = 4;
    readonly MicroBatch _batch = new()
    {
        Features = new float[FeaturePipeline.PriceV1.Width],
        VolatilityInputs = new double[VolatilityInputs],
        Fingerprint = FeaturePipeline.PriceV1.Fingerprint,
        Epoch = epoch,
    };

    readonly int[] _ages = new int[options.BatchRows];
    BarInterval _interval;
    string _intervalText = "1d";

    /// <summary>Takes the bar that the state's features have just been given.</summary>
    public void OnBar(in SeriesId series, TopologyState state, IOutput output)
    {
        var features = state.Features;
        var labelled = state.Pending.Count == options.HorizonBars;
        if (labelled) state.Pending.LabelOldest(features.LastEndUs, features.LastClose, state.Replay, options.ReplayCapacityRows);
        if (!features.IsWarm) return;

        FillForecastRow(series, state);
        FillLearningRows(series, state, labelled);
        output.Publish(StockTopics.MicroBatches, series.Symbol, _batch);
        state.Restarted = false;
        state.Pending.Add(new RowValues(features.LastEndUs, 0, features.LastClose, 0, 0, features.Scale), _batch.Features);
    }

    void FillForecastRow(in SeriesId series, TopologyState state)
    {
        var features = state.Features;
        _batch.Series = series;
        _batch.BarEndUs = features.LastEndUs;
        _batch.TargetTimeUs = TargetTimeUs(series.Interval, features.LastEndUs);
        _batch.Restarted = state.Restarted;
        _batch.Close = features.LastClose;
        _batch.Scale = features.Scale;
        _batch.RangeVolatility = features.RangeVolatility;
        features.CopyVolatilityInputs(_batch.VolatilityInputs);
        features.CopyFeatures(_batch.Features);
    }

    void FillLearningRows(in SeriesId series, TopologyState state, bool labelled)
    {
        if (!labelled)
        {
            _batch.ResizeRows(0);
            return;
        }

        // Ages count back from the newest labelled row, which is always in: the past ones are drawn.
        var past = state.Replay.Count - 1;
        var drawn = Math.Min(past, options.BatchRows - 1);
        var ages = _ages.AsSpan(0, drawn);
        var random = new KeyedRandom(options.Seed, state.HashOf(series), (ulong)state.Features.LastEndUs);
        ReplaySampler.Draw(random, past, drawn, options.ReplayLambda, ages);
        _batch.ResizeRows(drawn + 1);
        for (var i = 0; i < drawn; i++) state.Replay.CopyTo(ages[i] + 1, _batch.Rows[i]);
        state.Replay.CopyTo(0, _batch.Rows[drawn]);
    }

    long TargetTimeUs(string intervalText, long endUs)
    {
        if (intervalText != _intervalText && BarInterval.TryParse(intervalText, out _interval)) _intervalText = intervalText;
        for (var bar = 0; bar < options.HorizonBars; bar++) endUs = options.Calendar.NextBarEnd(_interval.LengthUs, endUs);
        return endUs;
    }
}
