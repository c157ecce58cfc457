using Kafka.Stock.Contracts;

namespace Kafka.Stock.BatchJob;

/// <summary>Revised bars of one series.</summary>
/// <remarks>Some 150 bytes a bar while a rebuild is running; an incremental one holds the bars from the earliest changed on.</remarks>
sealed class RevisedSeries(SeriesId series, BarInterval interval)
{
    readonly Dictionary<long, RevisedBar> _bars = [];
    readonly List<RevisedBar> _open = [];

    public SeriesId Series { get; } = series;

    public BarInterval Interval { get; } = interval;

    /// <summary>Sequence number of the last record taken: what has been seen isn't taken twice.</summary>
    public long LastSequence { get; set; } = long.MinValue;

    /// <summary>A bar that the table has.</summary>
    public void Load(RevisedBar bar) => _bars[bar.EndUs] = bar;

    public void Add(in Tick tick, long startUs, long endUs, long watermarkUs, in RecordPlace place)
    {
        var bar = GetOrAdd(startUs, endUs);
        bar.Add(tick, watermarkUs, place);
        if (endUs > watermarkUs && !_open.Contains(bar)) _open.Add(bar);
    }

    public void Take(in SourceBar bar, long knownAtUs, in RecordPlace place) =>
        GetOrAdd(bar.StartUs, bar.EndUs).Take(bar, knownAtUs, place);

    /// <summary>Bars that end at or before the watermark are final, until a late trade.</summary>
    public void Advance(long watermarkUs, in RecordPlace place)
    {
        for (var i = _open.Count - 1; i >= 0; i--)
        {
            if (_open[i].EndUs > watermarkUs) continue;
            _open[i].Know(watermarkUs, place);
            _open.RemoveAt(i);
        }
    }

    /// <summary>A split came after bars that it should have come before.</summary>
    public void Touch(long effectiveUs)
    {
        foreach (var bar in _bars.Values)
        {
            if (bar.StartUs >= effectiveUs) bar.IsChanged = true;
        }
    }

    /// <summary>The changed bars that are final, in order of their ends.</summary>
    public IEnumerable<RevisedBar> Changed() => _bars.Values.Where(bar => bar.IsChanged && !_open.Contains(bar)).OrderBy(bar => bar.EndUs);

    public void Write(LayerStateWriter state)
    {
        state.Long(LastSequence);
        state.Int(_open.Count);
        foreach (var bar in _open.OrderBy(bar => bar.EndUs)) bar.Write(state);
    }

    public void Read(LayerStateReader state)
    {
        LastSequence = state.Long();
        for (var left = state.Count(int.MaxValue); left > 0; left--)
        {
            var bar = RevisedBar.Read(state);
            _bars[bar.EndUs] = bar;
            _open.Add(bar);
        }
    }

    RevisedBar GetOrAdd(long startUs, long endUs)
    {
        if (_bars.TryGetValue(endUs, out var bar)) return bar;
        return _bars[endUs] = new RevisedBar { StartUs = startUs, EndUs = endUs };
    }
}
