using Kafka.Stock.Calendars;
using Kafka.Stock.Contracts;
using Kafka.Stock.Learning;

namespace Kafka.Stock.Topology;

/// <summary>Labels the row whose target has closed and publishes the micro-batch of the newest bar.</summary>
sealed class MicroBatchMaker(TopologyOptions options, long epoch)
{
    readonly MicroBatch _batch = new()
    {
        Features = new float[options.Pipeline.Width],
        VolatilityInputs = new double[options.Pipeline.VolatilityInputs],
        Fingerprint = options.Pipeline.Fingerprint,
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

        if (options.Reference is not null && features.ReferenceEndUs != features.LastEndUs) output.Count(FoldEvent.NoReference);
        FillForecastRow(series, features, features.LastEndUs);
        _batch.Restarted = state.Restarted;
        (_batch.Provisional, _batch.RemainingShare) = (false, 0);
        FillLearningRows(series, state, labelled);
        output.Publish(StockTopics.MicroBatches, series.Symbol, _batch);
        state.Restarted = false;
        state.Pending.Add(new RowValues(features.LastEndUs, 0, features.LastClose, 0, 0, features.Scale), _batch.Features);
    }

    /// <summary>Publishes a refresh within a session: nothing to learn, the features of the session so far.</summary>
    /// <param name="series">The series of session bars.</param>
    /// <param name="soFar">The features as they would be if the session had just ended.</param>
    /// <param name="session">The session.</param>
    /// <param name="output">Where it goes.</param>
    public void Refresh(in SeriesId series, FeatureState soFar, in TradingSession session, IOutput output)
    {
        FillForecastRow(series, soFar, session.CloseUs);
        _batch.Restarted = false;
        _batch.Provisional = true;
        _batch.RemainingShare = (double)(session.CloseUs - soFar.LastEndUs) / (session.CloseUs - session.OpenUs);
        _batch.ResizeRows(0);
        output.Publish(StockTopics.MicroBatches, series.Symbol, _batch);
    }

    void FillForecastRow(in SeriesId series, FeatureState features, long barEndUs)
    {
        _batch.Series = series;
        _batch.BarEndUs = features.LastEndUs;
        _batch.TargetTimeUs = TargetTimeUs(series.Interval, barEndUs);
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
