using Kafka.Stock.Contracts;

namespace Kafka.Stock.BatchJob;

/// <summary>What one source has said of one symbol: its splits, its progress, its series.</summary>
sealed class RevisedSource
{
    readonly List<CorporateAction> _actions = [];

    /// <summary>The source's own word of how far it is, µs since 1970 UTC.</summary>
    public long WatermarkUs { get; private set; } = long.MinValue;

    /// <summary>Its word, or the end of the latest bar that it has delivered: what later words are known at, at the earliest.</summary>
    public long ProgressUs { get; private set; } = long.MinValue;

    /// <summary>Product of the price factors that have come, in the order of the log: what the stream knew.</summary>
    public double ServedFactor { get; private set; } = 1;

    /// <summary>Series by interval.</summary>
    public SortedDictionary<string, RevisedSeries> Series { get; } = new(StringComparer.Ordinal);

    public void Advance(long watermarkUs, in RecordPlace place)
    {
        WatermarkUs = Math.Max(WatermarkUs, watermarkUs);
        Delivered(watermarkUs);
        foreach (var series in Series.Values) series.Advance(WatermarkUs, place);
    }

    public void Delivered(long endUs) => ProgressUs = Math.Max(ProgressUs, endUs);

    /// <summary>Takes a split or dividend.</summary>
    /// <returns>False when it came before.</returns>
    public bool TryAdd(in CorporateAction action)
    {
        var sequence = action.Sequence;
        if (_actions.Exists(one => one.Sequence == sequence)) return false;
        _actions.Add(action);
        _actions.Sort(static (a, b) => (a.EffectiveUs, a.Sequence).CompareTo((b.EffectiveUs, b.Sequence)));
        ServedFactor *= action.PriceFactor;
        foreach (var series in Series.Values) series.Touch(action.EffectiveUs);
        return true;
    }

    /// <summary>Product of the price factors of all that happened up to a time, whenever they became known.</summary>
    public double FactorAt(long timeUs)
    {
        var factor = 1.0;
        foreach (var action in _actions)
        {
            if (action.EffectiveUs > timeUs) break;
            factor *= action.PriceFactor;
        }

        return factor;
    }

    public void Write(LayerStateWriter state)
    {
        state.Long(WatermarkUs);
        state.Long(ProgressUs);
        state.Double(ServedFactor);
        state.Int(_actions.Count);
        foreach (var action in _actions)
        {
            state.Long(action.EffectiveUs);
            state.Double(action.PriceFactor);
            state.Long(action.Sequence);
        }

        state.Int(Series.Count);
        foreach (var (interval, series) in Series)
        {
            state.Text(interval);
            series.Write(state);
        }
    }

    public void Read(LayerStateReader state, string symbol, string source)
    {
        (WatermarkUs, ProgressUs, ServedFactor) = (state.Long(), state.Long(), state.Double());
        for (var left = state.Count(int.MaxValue); left > 0; left--)
        {
            _actions.Add(new CorporateAction(symbol, source, CorporateActionKind.Split, state.Long(), state.Double(), 1, state.Long()));
        }

        for (var left = state.Count(int.MaxValue); left > 0; left--) GetOrAdd(symbol, state.Text(), source).Read(state);
    }

    /// <summary>The series of an interval.</summary>
    public RevisedSeries GetOrAdd(string symbol, string interval, string source)
    {
        if (Series.TryGetValue(interval, out var series)) return series;
        return Series[interval] = new RevisedSeries(new SeriesId(symbol, interval, source), BarInterval.Parse(interval));
    }
}
