using System.Diagnostics.CodeAnalysis;

namespace Kafka.Stock.Contracts;

/// <summary>The states of one partition's series: series to state, and every series of a (symbol, source) or of an interval in ordinal
/// order.</summary>
/// <remarks>Not safe for concurrent use: a partition has one thread.</remarks>
public sealed class SeriesStates<TState>
    where TState : class, new()
{
    static readonly List<SeriesId> s_none = [];
    readonly Dictionary<SeriesId, TState> _states = [];
    readonly Dictionary<(string Symbol, string Source), List<SeriesId>> _bySource = [];
    readonly Dictionary<string, List<SeriesId>> _byInterval = new(StringComparer.Ordinal);

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
        Insert(list, series);
        if (!_byInterval.TryGetValue(series.Interval, out list)) _byInterval[series.Interval] = list = [];
        Insert(list, series);
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

        foreach (var series in Existing(route)) fold.Step(series, _states[series], message, output);
    }

    List<SeriesId> Existing(SeriesRoute route)
    {
        List<SeriesId>? existing = null;
        if (route.ExistingInterval is not null) _byInterval.TryGetValue(route.ExistingInterval, out existing);
        else if (route.ExistingSymbol is not null && route.ExistingSource is not null)
            _bySource.TryGetValue((route.ExistingSymbol, route.ExistingSource), out existing);
        return existing ?? s_none;
    }

    static void Insert(List<SeriesId> list, in SeriesId series)
    {
        var at = list.BinarySearch(series);
        if (at < 0) list.Insert(~at, series);
    }
}
