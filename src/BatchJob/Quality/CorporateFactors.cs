using Kafka.Stock.Contracts;

namespace Kafka.Stock.BatchJob;

/// <summary>Corporate actions by symbol and source, to make a close before them comparable with one after.</summary>
sealed class CorporateFactors
{
    readonly Dictionary<(string Symbol, string Source), List<CorporateAction>> _actions = [];

    public CorporateFactors(IEnumerable<CorporateAction> actions)
    {
        foreach (var action in actions) Add(action);
    }

    /// <summary>Takes one more; one that is known already changes nothing.</summary>
    public void Add(in CorporateAction action)
    {
        var key = (action.Symbol, action.Source);
        if (!_actions.TryGetValue(key, out var known)) _actions.Add(key, known = []);
        if (known.Contains(action)) return;
        var place = known.Count;
        while (place > 0 && known[place - 1].EffectiveUs > action.EffectiveUs) place--;
        known.Insert(place, action);
    }

    /// <summary>Product of the price factors that took effect from one bar's end on and before another's; 1 where none did.</summary>
    public double Between(SeriesId series, long fromEndUs, long beforeEndUs)
    {
        var factor = 1.0;
        if (!_actions.TryGetValue((series.Symbol, series.Source), out var known)) return factor;
        foreach (var action in known)
        {
            if (action.EffectiveUs >= beforeEndUs) break;
            if (action.EffectiveUs >= fromEndUs) factor *= action.PriceFactor;
        }

        return factor;
    }
}
