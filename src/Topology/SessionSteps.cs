using Kafka.Stock.Calendars;
using Kafka.Stock.Contracts;
using Kafka.Stock.Learning;

namespace Kafka.Stock.Topology;

/// <summary>The target <see cref="TargetKind.NextSessionClose"/>: one series of session bars a (symbol, source), made of a source's own
/// daily bars, its intraday bars or its ticks, whatever comes.</summary>
/// <remarks>A session is whole when a bar that ends at its close, a later one, or a watermark has come. An intraday bar belongs to the
/// session that holds its last moment; one that ends after the close belongs to none. Intraday bars are published, and never learnt from
/// one by one.</remarks>
sealed class SessionSteps(TopologyOptions options, BarSteps bars, MicroBatchMaker maker)
{
    static readonly string s_session = BarInterval.Session.ToString();

    readonly BarInterval _interval = options.TickIntervals.FirstOrDefault(interval => !interval.IsSession, BarInterval.Minute);
    readonly string _intervalText = options.TickIntervals.FirstOrDefault(interval => !interval.IsSession, BarInterval.Minute).ToString();
    readonly FeatureState _scratch = new(options.Pipeline);

    /// <summary>The one series of a (symbol, source).</summary>
    public static SeriesId SeriesOf(string symbol, string source) => new(symbol, s_session, source);

    /// <summary>Adds a trade to its window.</summary>
    public void OnTick(TopologyState state, in Tick tick, IOutput output)
    {
        var (startUs, endUs) = WindowOf(tick.EventTimeUs);
        if (!state.Windows.TryAdd(tick, startUs, endUs, options.OpenWindowsMax)) output.Count(FoldEvent.LateTick);
    }

    /// <summary>Takes a bar of the source: of a session, or of a part of one.</summary>
    public void OnSourceBar(in SeriesId series, TopologyState state, in SourceBar bar, IOutput output)
    {
        if (bar.Interval == s_session)
        {
            OnSessionBar(series, state, bar, output);
            return;
        }

        if (bar.EndUs <= state.Session.SeenUs) throw OutOfOrder(series, bar, state.Session.SeenUs);
        OnIntradayBar(series, state, BarWindow.Of(bar), bar.Interval, output);
    }

    /// <summary>Closes windows and session that ended by then.</summary>
    public void CloseUpTo(in SeriesId series, TopologyState state, long timeUs, IOutput output)
    {
        state.Windows.Advance(timeUs);
        while (state.Windows.TryClose(out var window))
        {
            if (window.EndUs <= state.Session.SeenUs) output.Count(FoldEvent.LateTick);
            else OnIntradayBar(series, state, window, _intervalText, output);
        }

        CloseSession(series, state, timeUs, output);
    }

    /// <summary>Takes a bar of the market reference, whatever its interval: only its sessions count.</summary>
    public void OnReference(TopologyState state, in SourceBar bar, IOutput output)
    {
        var market = state.ReferenceSession;
        if (bar.Interval == s_session)
        {
            CloseReference(state, bar.EndUs - 1, output);
            market.TryClose(bar.EndUs, out _); // the source's own bar counts
            bars.OnReference(state, BarWindow.Of(bar), output);
            return;
        }

        if (bar.EndUs <= market.SeenUs)
        {
            output.Count(FoldEvent.Duplicate);
            return;
        }

        market.SeenUs = bar.EndUs;
        CloseReference(state, bar.EndUs - 1, output);
        if (!TryGetSession(bar.EndUs, out var session) || session.CloseUs <= state.Features.ReferenceEndUs) return;
        market.Add(session, BarWindow.Of(bar));
        CloseReference(state, bar.EndUs, output);
    }

    void OnSessionBar(in SeriesId series, TopologyState state, in SourceBar bar, IOutput output)
    {
        if (state.BarCount > 0 && bar.EndUs < state.LastEndUs) throw OutOfOrder(series, bar, state.LastEndUs);
        if (state.BarCount > 0 && bar.EndUs == state.LastEndUs)
        {
            output.Count(FoldEvent.Duplicate); // made of its parts before
            return;
        }

        CloseSession(series, state, bar.EndUs - 1, output);
        state.Session.TryClose(bar.EndUs, out _); // the source's own bar counts
        OnWholeSession(series, state, BarWindow.Of(bar), output);
    }

    void OnIntradayBar(in SeriesId series, TopologyState state, in BarWindow bar, string interval, IOutput output)
    {
        state.Session.SeenUs = bar.EndUs;
        CloseSession(series, state, bar.EndUs - 1, output);
        output.Publish(StockTopics.Bars, series.Symbol, bar.ToBar(new SeriesId(series.Symbol, interval, series.Source)));
        if (!TryGetSession(bar.EndUs, out var session)) return;
        if (session.CloseUs <= state.LastEndUs)
        {
            output.Count(FoldEvent.LateTick);
            return;
        }

        state.Session.Add(session, bar);
        if (bar.EndUs < session.CloseUs) Refresh(series, state, session, bar.EndUs, output);
        else CloseSession(series, state, bar.EndUs, output);
    }

    void CloseSession(in SeriesId series, TopologyState state, long timeUs, IOutput output)
    {
        if (state.Session.TryClose(timeUs, out var whole)) OnWholeSession(series, state, whole, output);
    }

    void OnWholeSession(in SeriesId series, TopologyState state, in BarWindow whole, IOutput output)
    {
        CloseReference(state, whole.EndUs, output);
        bars.OnBar(state, whole.ToBar(series), output);
    }

    void CloseReference(TopologyState state, long timeUs, IOutput output)
    {
        if (state.ReferenceSession.TryClose(timeUs, out var whole)) bars.OnReference(state, whole, output);
    }

    /// <summary>Forecasts anew from the session so far. The series' own state stays as it is.</summary>
    void Refresh(in SeriesId series, TopologyState state, in TradingSession session, long endUs, IOutput output)
    {
        if (!state.Features.IsWarm || bars.IsAcrossHole(state, endUs)) return;
        _scratch.CopyFrom(state.Features);
        var market = state.ReferenceSession;
        if (market.IsOpen && market.CloseUs == session.CloseUs) _scratch.AddReference(bars.Input(market.Window, endUs));
        _scratch.Add(bars.Input(state.Session.Window, endUs));
        maker.Refresh(series, _scratch, session, output);
    }

    bool TryGetSession(long endUs, out TradingSession session) => options.Calendar.TryGetSessionAt(endUs - 1, out session);

    /// <summary>The window of a trade, cut where a session opens or closes, so that no window lies in two worlds.</summary>
    (long StartUs, long EndUs) WindowOf(long timeUs)
    {
        var startUs = timeUs - (timeUs % _interval.LengthUs);
        var endUs = startUs + _interval.LengthUs;
        if (!options.Calendar.TryGetSession(options.Calendar.TradingDay(timeUs), out var session)) return (startUs, endUs);
        if (timeUs < session.OpenUs) return (startUs, Math.Min(endUs, session.OpenUs));
        if (timeUs >= session.CloseUs) return (Math.Max(startUs, session.CloseUs), endUs);
        return (Math.Max(startUs, session.OpenUs), Math.Min(endUs, session.CloseUs));
    }

    static RecordDefectException OutOfOrder(in SeriesId series, in SourceBar bar, long lastUs) => new(
        $"{series}, sequence {bar.Sequence}",
        $"a bar of {bar.Interval} that ends at {bar.EndUs} us, not after the one before ({lastUs} us)",
        "bars in the order of their ends, each once");
}
