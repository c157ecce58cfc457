using Kafka.Stock.Contracts;
using Kafka.Stock.Learning;

namespace Kafka.Stock.Topology;

/// <summary>
/// The Topology: windows ticks into bars, bars into features, keeps the replay buffer, labels a row when its target
/// closes.
/// </summary>
/// <remarks>
/// Pure: the outputs are a function of the records of one partition and <see cref="TopologyOptions"/>. Not thread-safe;
/// one a partition.
/// </remarks>
public sealed class TopologyFold : IFold<MarketMessage, TopologyState>
{
    readonly TopologyOptions _options;
    readonly MarketDecoder _decoder;
    readonly BarSteps _bars;
    readonly SessionSteps? _sessions;
    readonly (BarInterval Interval, string Text)[] _intervals;

    /// <summary>Makes the fold; options are checked by who reads them from the user.</summary>
    /// <exception cref="ArgumentException">A reference without a pipeline that uses it, or the other way round.</exception>
    public TopologyFold(TopologyOptions options)
    {
        if (options.Pipeline.UsesReference != options.Reference is not null)
            throw new ArgumentException($"pipeline {options.Pipeline.Name} with reference {options.Reference ?? "none"}", nameof(options));
        _options = options;
        _decoder = new MarketDecoder(options.Calendar, options.HorizonBars);
        _intervals = [.. options.TickIntervals.Select(interval => (interval, interval.ToString()))];
        Epoch = unchecked((long)Fnv1a.Hash(options.Canonical()));
        var maker = new MicroBatchMaker(options, Epoch);
        _bars = new BarSteps(options, maker);
        _sessions = options.Target == TargetKind.NextSessionClose ? new SessionSteps(options, _bars, maker) : null;
    }

    /// <inheritdoc/>
    public string Name => "topology";

    /// <inheritdoc/>
    public Topic Input => StockTopics.Market;

    /// <inheritdoc/>
    public long Epoch { get; }

    /// <inheritdoc/>
    public void Decode(in LogRecord record, ref MarketMessage message) => _decoder.Decode(record, ref message);

    /// <inheritdoc/>
    public void Route(in MarketMessage message, SeriesRoute route)
    {
        switch (message.Kind)
        {
            case MarketKind.Tick when _sessions is not null:
                route.Add(SessionSteps.SeriesOf(message.Tick.Symbol, message.Tick.Source));
                break;
            case MarketKind.SourceBar when _sessions is not null:
                route.Add(SessionSteps.SeriesOf(message.Bar.Symbol, message.Bar.Source));
                break;
            case MarketKind.Tick:
                foreach (var (_, text) in _intervals) route.Add(new SeriesId(message.Tick.Symbol, text, message.Tick.Source));
                break;
            case MarketKind.SourceBar:
                route.Add(new SeriesId(message.Bar.Symbol, message.Bar.Interval, message.Bar.Source));
                break;
            case MarketKind.Watermark:
                route.AddExisting(message.Watermark.Symbol, message.Watermark.Source);
                break;
            case MarketKind.CorporateAction:
                route.AddExisting(message.Action.Symbol, message.Action.Source);
                break;
            case MarketKind.ReferenceBar:
                if (message.Bar.Symbol != _options.Reference) break;
                route.AddExisting(_sessions is null ? message.Bar.Interval : BarInterval.Session.ToString());
                break;
            default:
                throw new InvalidOperationException($"no route for {message.Kind}");
        }
    }

    /// <inheritdoc/>
    public void Step(in SeriesId series, TopologyState state, in MarketMessage message, IOutput output)
    {
        state.Begin(_options.Pipeline);
        if (message.Kind == MarketKind.ReferenceBar)
        {
            // Of another symbol: its sequence numbers say nothing about this series.
            if (_sessions is null) _bars.OnReference(state, BarWindow.Of(message.Bar), output);
            else _sessions.OnReference(state, message.Bar, output);
            return;
        }

        var sequence = SequenceOf(message);
        if (sequence <= state.LastSequence)
        {
            output.Count(FoldEvent.Duplicate);
            return;
        }

        switch (message.Kind)
        {
            case MarketKind.Tick:
                OnTick(series, state, message.Tick, output);
                break;
            case MarketKind.SourceBar:
                OnSourceBar(series, state, message.Bar, output);
                break;
            case MarketKind.Watermark:
                CloseUpTo(series, state, message.Watermark.TimeUs, output);
                break;
            case MarketKind.CorporateAction:
                OnCorporateAction(series, state, message.Action, output);
                break;
            default:
                throw new InvalidOperationException($"no step for {message.Kind}");
        }

        state.LastSequence = sequence;
    }

    static long SequenceOf(in MarketMessage message) => message.Kind switch
    {
        MarketKind.Tick => message.Tick.Sequence,
        MarketKind.SourceBar => message.Bar.Sequence,
        MarketKind.Watermark => message.Watermark.Sequence,
        _ => message.Action.Sequence,
    };

    void OnTick(in SeriesId series, TopologyState state, in Tick tick, IOutput output)
    {
        if (_sessions is not null)
        {
            _sessions.OnTick(state, tick, output);
            return;
        }

        if (!TryWindow(series.Interval, tick.EventTimeUs, out var startUs, out var endUs)) return;
        if (!state.Windows.TryAdd(tick, startUs, endUs, _options.OpenWindowsMax)) output.Count(FoldEvent.LateTick);
    }

    bool TryWindow(string intervalText, long timeUs, out long startUs, out long endUs)
    {
        var interval = default(BarInterval);
        foreach (var (candidate, text) in _intervals)
        {
            if (text == intervalText) interval = candidate;
        }

        if (!interval.IsSession)
        {
            startUs = timeUs - (timeUs % interval.LengthUs);
            endUs = startUs + interval.LengthUs;
            return true;
        }

        // A trade outside the session belongs to no session's bar.
        var inSession = _options.Calendar.TryGetSessionAt(timeUs, out var session);
        (startUs, endUs) = (session.OpenUs, session.CloseUs);
        return inSession;
    }

    void OnSourceBar(in SeriesId series, TopologyState state, in SourceBar bar, IOutput output)
    {
        if (_sessions is not null)
        {
            _sessions.OnSourceBar(series, state, bar, output);
            return;
        }

        if (state.BarCount > 0 && bar.EndUs <= state.LastEndUs)
        {
            throw new RecordDefectException(
                $"{series}, sequence {bar.Sequence}",
                $"a bar that ends at {bar.EndUs} us, not after the one before ({state.LastEndUs} us)",
                "bars in the order of their ends, each once");
        }

        _bars.OnBar(state, BarWindow.Of(bar).ToBar(series), output);
    }

    void CloseUpTo(in SeriesId series, TopologyState state, long watermarkUs, IOutput output)
    {
        if (_sessions is not null)
        {
            _sessions.CloseUpTo(series, state, watermarkUs, output);
            return;
        }

        state.Windows.Advance(watermarkUs);
        while (state.Windows.TryClose(out var window)) _bars.OnBar(state, window.ToBar(series), output);
    }

    void OnCorporateAction(in SeriesId series, TopologyState state, in CorporateAction action, IOutput output)
    {
        // The action comes in the order of event time: windows that ended before it are of the old price.
        CloseUpTo(series, state, action.EffectiveUs, output);
        state.Features.Rescale(action.PriceFactor, action.VolumeFactor);
        state.Session.Rescale(action.PriceFactor, action.VolumeFactor);
        state.Pending.Rescale(_options.Pipeline, action.PriceFactor, action.VolumeFactor);
        state.Replay.Rescale(_options.Pipeline, action.PriceFactor, action.VolumeFactor);
    }
}
