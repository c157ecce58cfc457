using Kafka.Stock.Contracts;
using Kafka.Stock.Topology;

namespace Kafka.Stock.BatchJob;

/// <summary>Market records to rows of silver and gold, by the very fold that runs on the stream.</summary>
/// <remarks>Not thread-safe: one a worker. Records come in the order of topic, partition, offset; all of a symbol come to one worker.
/// With a market reference all of a partition do, because the reference's bars concern the series of their partition only.</remarks>
sealed class MedallionFold : IOutput
{
    readonly TopologyOptions _options;
    readonly TopologyFold _fold;
    readonly ILayerSink _sink;
    readonly SeriesRoute _route = new();
    readonly Dictionary<(string Topic, int Partition), SeriesStates<TopologyState>> _states = [];
    readonly SortedDictionary<SeriesId, FeatureSeries> _features = [];
    readonly RevisedView _revised;
    readonly Action<FeatureRow> _emit;
    MarketMessage _message;
    RecordPlace _place;
    long _knownAtUs;

    public MedallionFold(TopologyOptions options, ILayerSink sink)
    {
        (_options, _sink) = (options, sink);
        _fold = new TopologyFold(options);
        _revised = new RevisedView(options);
        _emit = sink.Add;
    }

    /// <summary>The revised view, for bars that the table has and payloads that were fetched.</summary>
    public RevisedView Revised => _revised;

    /// <summary>Records that the Topology refused.</summary>
    public long Refused { get; private set; }

    /// <summary>Folds a record of bronze/market.</summary>
    public void Apply(in LakeRecord record)
    {
        if (record.SchemaName is null) return;
        try
        {
            _fold.Decode(new LogRecord(record.SchemaName, record.Key, record.Body, record.Offset), ref _message);
        }
        catch (RecordDefectException)
        {
            Refused++;
            return;
        }

        _place = new RecordPlace(record.Topic, record.Partition, record.Offset);
        _knownAtUs = KnownAtUs();
        try
        {
            StatesOf(record.Topic, record.Partition).Step(_fold, _route, _message, this);
        }
        catch (RecordDefectException)
        {
            Refused++; // The stream refuses it for good; the revised view knows what to do with a bar that comes again.
        }

        var isNew = _revised.Apply(_message, _place);
        if (isNew && _message.Kind == MarketKind.CorporateAction) Rescale(_message.Action);
    }

    /// <summary>Gives the rows that wait for their label, and the revised bars that have changed.</summary>
    public void Complete()
    {
        foreach (var series in _features.Values) series.EmitOpen(_emit);
        foreach (var (_, source) in _revised.Sources)
        {
            foreach (var series in source.Series.Values)
            {
                foreach (var bar in series.Changed()) _sink.Add(Row(series, source, bar));
            }
        }
    }

    /// <inheritdoc/>
    void IOutput.Publish<TRecord>(Topic topic, string symbol, in TRecord record)
    {
        if (typeof(TRecord) == typeof(Bar)) OnBar((Bar)(object)record);
        else if (record is MicroBatch batch) Features(batch.Series).OnBatch(batch);
    }

    /// <inheritdoc/>
    void IOutput.Count(FoldEvent what)
    {
        // The stream's own counters say it.
    }

    public void Write(LayerStateWriter state)
    {
        state.Int(_states.Count);
        var inOrder = _states.OrderBy(one => one.Key.Topic, StringComparer.Ordinal).ThenBy(one => one.Key.Partition);
        foreach (var ((topic, partition), states) in inOrder)
        {
            state.Text(topic);
            state.Int(partition);
            LayerState.WriteSeries(state, states);
        }

        state.Int(_features.Count);
        foreach (var (series, features) in _features)
        {
            state.Text(series.ToString());
            features.Write(state);
        }

        var sources = _revised.Sources.ToList();
        state.Int(sources.Count);
        foreach (var ((symbol, source), revised) in sources)
        {
            state.Text(symbol);
            state.Text(source);
            revised.Write(state);
        }
    }

    /// <summary>Adds what <see cref="Write"/> wrote; several workers' states may come together in one.</summary>
    public void Read(LayerStateReader state)
    {
        for (var left = state.Count(int.MaxValue); left > 0; left--)
        {
            LayerState.ReadSeries(state, StatesOf(state.Text(), state.Int()), _options.Pipeline);
        }

        for (var left = state.Count(int.MaxValue); left > 0; left--)
        {
            var series = SeriesId.Parse(state.Text());
            Features(series).Read(state, series);
        }

        for (var left = state.Count(int.MaxValue); left > 0; left--)
        {
            var (symbol, source) = (state.Text(), state.Text());
            _revised.Of(symbol, source).Read(state, symbol, source);
        }
    }

    long KnownAtUs() => _message.Kind switch
    {
        MarketKind.Watermark => _message.Watermark.TimeUs,
        MarketKind.CorporateAction => _message.Action.EffectiveUs,
        MarketKind.Tick => _message.Tick.EventTimeUs,
        _ => _message.Bar.EndUs,
    };

    void OnBar(in Bar bar)
    {
        _sink.Add(new BarRow
        {
            Series = bar.Series,
            StartUs = bar.StartUs,
            EndUs = bar.EndUs,
            Open = bar.Open,
            High = bar.High,
            Low = bar.Low,
            Close = bar.Close,
            Volume = bar.Volume,
            Ticks = bar.Ticks,
            SplitFactor = _revised.Of(bar.Series.Symbol, bar.Series.Source).ServedFactor,
            KnownAtUs = Math.Max(bar.EndUs, _knownAtUs),
            Place = _place,
        });
        Features(bar.Series).OnBar(bar, _options.Calendar.TradingDay(bar.EndUs - 1).DayNumber, _emit);
    }

    static BarRow Row(RevisedSeries series, RevisedSource source, RevisedBar bar) => new()
    {
        Series = series.Series,
        IsRevised = true,
        StartUs = bar.StartUs,
        EndUs = bar.EndUs,
        Open = bar.Open,
        High = bar.High,
        Low = bar.Low,
        Close = bar.Close,
        Volume = bar.Volume,
        Ticks = bar.Ticks,
        SplitFactor = source.FactorAt(bar.StartUs),
        KnownAtUs = Math.Max(bar.EndUs, bar.KnownAtUs),
        FirstTickUs = bar.IsDelivered ? null : bar.FirstTickUs,
        LastTickUs = bar.IsDelivered ? null : bar.LastTickUs,
        Place = bar.Place,
    };

    void Rescale(in CorporateAction action)
    {
        foreach (var interval in _revised.Of(action.Symbol, action.Source).Series.Keys)
        {
            var series = new SeriesId(action.Symbol, interval, action.Source);
            if (_features.TryGetValue(series, out var features)) features.Rescale(action.PriceFactor);
        }
    }

    FeatureSeries Features(in SeriesId series)
    {
        if (!_features.TryGetValue(series, out var features)) _features[series] = features = new FeatureSeries(_options.HorizonBars);
        return features;
    }

    SeriesStates<TopologyState> StatesOf(string topic, int partition)
    {
        var key = _options.Reference is null ? ("", 0) : (topic, partition);
        if (!_states.TryGetValue(key, out var states)) _states[key] = states = new SeriesStates<TopologyState>();
        return states;
    }
}
