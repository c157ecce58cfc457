using Kafka.Stock.Learning;

namespace Kafka.Stock.Topology;

/// <summary>Everything that the Topology remembers of one series.</summary>
public sealed class TopologyState
{
    /// <summary>Version of the snapshot's form; another one is refused by <see cref="Read"/>.</summary>
    public const int FormatVersion = 2;

    FeatureState? _features;

    /// <summary>Sequence number of the last record taken: what has been seen isn't taken twice.</summary>
    internal long LastSequence { get; set; } = long.MinValue;

    /// <summary>The next micro-batch is the first of a warm-up.</summary>
    internal bool Restarted { get; set; } = true;

    /// <summary>Hash of the series' name for keyed draws; a cache, 0 until it is asked for.</summary>
    internal ulong SeriesHash { get; private set; }

    internal TickWindows Windows { get; } = new();

    internal FeatureState Features => _features ?? throw new InvalidOperationException("the series hasn't been begun");

    /// <summary>With a target of the next session's close: the series' own session so far.</summary>
    internal SessionSoFar Session { get; } = new();

    /// <summary>The market reference's session so far.</summary>
    internal SessionSoFar ReferenceSession { get; } = new();

    internal PendingRows Pending { get; } = new();

    internal ReplayBuffer Replay { get; } = new();

    /// <summary>Bars since the series began or restarted.</summary>
    public int BarCount => _features?.BarCount ?? 0;

    /// <summary>End of the last bar, microseconds since 1970 UTC; 0 before the first.</summary>
    internal long LastEndUs => _features?.LastEndUs ?? 0;

    /// <summary>Labelled rows that can be replayed.</summary>
    public int ReplayRows => Replay.Count;

    /// <summary>Makes the empty state of a series, when it isn't made yet.</summary>
    /// <exception cref="InvalidOperationException">It was made for another pipeline.</exception>
    public void Begin(FeaturePipeline pipeline)
    {
        _features ??= new FeatureState(pipeline);
        if (!ReferenceEquals(_features.Pipeline, pipeline) && _features.Pipeline.Fingerprint != pipeline.Fingerprint)
            throw new InvalidOperationException($"a state of {_features.Pipeline.Name} in a fold of {pipeline.Name}");
    }

    /// <summary>The key of the series' draws.</summary>
    internal ulong HashOf(in Contracts.SeriesId series)
    {
        if (SeriesHash == 0) SeriesHash = Fnv1a.Hash(series.ToString());
        return SeriesHash;
    }

    /// <summary>Bytes that <see cref="Write"/> writes.</summary>
    public int StateBytes =>
        21 + Windows.StateBytes + (2 * SessionSoFar.StateBytes) + Features.StateBytes + Pending.StateBytes + Replay.StateBytes;

    /// <summary>Writes the whole state; <see cref="Read"/> into one that <see cref="Begin"/> has made gives the same bits back.</summary>
    public void Write(ref StateWriter writer)
    {
        writer.Int32(FormatVersion);
        writer.Int64(Features.Pipeline.Fingerprint);
        writer.Int64(LastSequence);
        writer.Boolean(Restarted);
        Windows.Write(ref writer);
        Session.Write(ref writer);
        ReferenceSession.Write(ref writer);
        Features.Write(ref writer);
        Pending.Write(ref writer);
        Replay.Write(ref writer);
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="FormatException">Another format version or feature fingerprint, or truncated bytes.</exception>
    public void Read(ref StateReader reader)
    {
        var version = reader.Int32();
        if (version != FormatVersion)
        {
            throw new FormatException(
                $"topology state: found format version {version}; expected {FormatVersion}");
        }

        var fingerprint = reader.Int64();
        var expected = Features.Pipeline.Fingerprint;
        if (fingerprint != expected)
        {
            throw new FormatException(
                $"topology state: found feature fingerprint {fingerprint:x16}; expected {expected:x16}");
        }

        LastSequence = reader.Int64();
        Restarted = reader.Boolean();
        Windows.Read(ref reader);
        Session.Read(ref reader);
        ReferenceSession.Read(ref reader);
        Features.Read(ref reader);
        Pending.Read(ref reader);
        Replay.Read(ref reader);
    }
}
