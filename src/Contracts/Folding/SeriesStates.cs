using System.Diagnostics.CodeAnalysis;

namespace Kafka.Stock.Contracts;

/// <summary>The states of one partition's series: series to state, and every series of a (symbol, source) in ordinal order.</summary>
/// <remarks>Not safe for concurrent use: a partition has one thread.</remarks>
public sealed class SeriesStates<TState>
    where TState : class, new()
{
    readonly Dictionary<SeriesId, TState> _states = [];
    readonly Dictionary<(string Symbol, string Source), List<SeriesId>> _bySource = [];

    /// <summary>Series held.</summary>
    public int Count => _states.Count;

    /// <summary>All series, in ordinal order.</summary>
    public IEnumerable<SeriesId> Series => _states.Keys.Order();

    /// <summary>The state of a series, created empty when there is none.</summary>
    public TState GetOrAdd(in SeriesId series)
    {
        if (_states.TryGetValue(series, out var state)) return state;
        Set(series, state = new TState());
        return state;
    }

    /// <summary>The state of a series, if it is held.</summary>
    public bool TryGet(in SeriesId series, [NotNullWhen(true)] out TState? state) => _states.TryGetValue(series, out state);

    /// <summary>Puts a state in place, as a restore does.</summary>
    public void Set(in SeriesId series, TState state)
    {
        _states[series] = state;
        if (!_bySource.TryGetValue((series.Symbol, series.Source), out var list)) _bySource[(series.Symbol, series.Source)] = list = [];
        var at = list.BinarySearch(series);
        if (at < 0) list.Insert(~at, series);
    }

    /// <summary>Runs one message through a fold: each series of its route is stepped, in order.</summary>
    public void Step<TMessage>(IFold<TMessage, TState> fold, SeriesRoute route, in TMessage message, IOutput output)
        where TMessage : new()
    {
        route.Clear();
        fold.Route(message, route);
        for (var i = 0; i < route.Named.Count; i++)
        {
            var series = route.Named[i];
            fold.Step(series, GetOrAdd(series), message, output);
        }

        if (route.ExistingSymbol is null || route.ExistingSource is null) return;
        if (!_bySource.TryGetValue((route.ExistingSymbol, route.ExistingSource), out var existing)) return;
        for (var i = 0; i < existing.Count; i++) fold.Step(existing[i], _states[existing[i]], message, output);
    }
}
