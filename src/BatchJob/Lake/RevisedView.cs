using Kafka.Stock.Contracts;
using Kafka.Stock.Topology;

namespace Kafka.Stock.BatchJob;

/// <summary>The revised view of bars: with late trades, trades out of order, and corrections by the source.</summary>
/// <remarks>
/// The last word known wins.
/// A row's <c>known_at</c> is in event time, the source's own progress when the newest record of the row came, so a backtest at that
/// time couldn't know it earlier; of payloads fetched it is the time of fetching. Equal times are decided by topic, partition, offset.
/// </remarks>
sealed class RevisedView(TopologyOptions options)
{
    readonly SortedDictionary<(string Symbol, string Source), RevisedSource> _sources = new(s_bySymbol);
    readonly (BarInterval Interval, string Text)[] _intervals =
        options.Target == TargetKind.NextSessionClose
            ? [(BarInterval.Session, BarInterval.Session.ToString())]
            : [.. options.TickIntervals.Select(interval => (interval, interval.ToString()))];

    static readonly Comparer<(string Symbol, string Source)> s_bySymbol = Comparer<(string Symbol, string Source)>.Create(static (a, b) =>
    {
        var order = string.CompareOrdinal(a.Symbol, b.Symbol);
        return order == 0 ? string.CompareOrdinal(a.Source, b.Source) : order;
    });

    (string Symbol, string Source) _newestKey = ("", "");
    RevisedSource? _newest;

    /// <summary>All of them, in order.</summary>
    public IEnumerable<((string Symbol, string Source) Key, RevisedSource Source)> Sources =>
        _sources.Select(one => (one.Key, one.Value));

    /// <summary>Whether anything is known of them.</summary>
    public bool Has(string symbol, string source) => _sources.ContainsKey((symbol, source));

    public RevisedSource Of(string symbol, string source)
    {
        if (_newest is not null && _newestKey.Symbol == symbol && _newestKey.Source == source) return _newest;
        if (!_sources.TryGetValue((symbol, source), out var found)) _sources[(symbol, source)] = found = new RevisedSource();
        (_newestKey, _newest) = ((symbol, source), found);
        return found;
    }

    /// <summary>Takes a record that the Topology could read.</summary>
    /// <returns>False for a split or dividend that came before.</returns>
    public bool Apply(in MarketMessage message, in RecordPlace place)
    {
        switch (message.Kind)
        {
            case MarketKind.Tick:
                Add(message.Tick, place);
                return true;
            case MarketKind.SourceBar:
                Take(message.Bar, place);
                return true;
            case MarketKind.Watermark:
                Of(message.Watermark.Symbol, message.Watermark.Source).Advance(message.Watermark.TimeUs, place);
                return true;
            case MarketKind.CorporateAction:
                var source = Of(message.Action.Symbol, message.Action.Source);
                source.Advance(message.Action.EffectiveUs, place);
                return source.TryAdd(message.Action);
            default:
                return true;
        }
    }

    /// <summary>Takes a bar of a payload that was fetched, which isn't in the market topic.</summary>
    public void Fetched(in SourceBar bar, long fetchedAtUs, in RecordPlace place) =>
        Of(bar.Symbol, bar.Source).GetOrAdd(bar.Symbol, bar.Interval, bar.Source).Take(bar, fetchedAtUs, place);

    void Add(in Tick tick, in RecordPlace place)
    {
        var source = Of(tick.Symbol, tick.Source);
        foreach (var (interval, text) in _intervals)
        {
            var series = source.GetOrAdd(tick.Symbol, text, tick.Source);
            if (tick.Sequence <= series.LastSequence) continue;
            series.LastSequence = tick.Sequence;
            if (!TryWindow(interval, tick.EventTimeUs, out var startUs, out var endUs)) continue;
            series.Add(tick, startUs, endUs, source.WatermarkUs, place);
        }
    }

    void Take(in SourceBar bar, in RecordPlace place)
    {
        var source = Of(bar.Symbol, bar.Source);
        var series = source.GetOrAdd(bar.Symbol, bar.Interval, bar.Source);
        if (bar.Sequence <= series.LastSequence) return;
        series.LastSequence = bar.Sequence;
        source.Delivered(bar.EndUs);
        series.Take(bar, source.ProgressUs, place);
    }

    bool TryWindow(BarInterval interval, long timeUs, out long startUs, out long endUs)
    {
        if (!interval.IsSession)
        {
            startUs = timeUs - (timeUs % interval.LengthUs);
            endUs = startUs + interval.LengthUs;
            return true;
        }

        var isInSession = options.Calendar.TryGetSessionAt(timeUs, out var session);
        (startUs, endUs) = (session.OpenUs, session.CloseUs);
        return isInSession;
    }
}
