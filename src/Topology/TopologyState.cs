using Kafka.Stock.Learning;

namespace Kafka.Stock.Topology;

/// <summary>Everything that the Topology remembers of one series.</summary>
public sealed class TopologyState
{
    /// <summary>Version of the snapshot's form; another one is refused by <see cref="Read"/>.</summary>
    public const int FormatVersion = 1;

    /// <summary>Sequence number of the last record taken: what has been seen isn't taken twice.</summary>
    internal long LastSequence { get; set; } = long.MinValue;

    /// <summary>The next micro-batch is the first of a warm-up.</summary>
    internal bool Restarted { get; set; } = true;

    /// <summary>Hash of the series' name for keyed draws; a cache, 0 until it is asked for.</summary>
    internal ulong SeriesHash { get; private set; }

    internal TickWindows Windows { get; } = new();

    internal FeatureState Features { get; } = new(FeaturePipeline.PriceV1);

    internal PendingRows Pending { get; } = new();

    internal ReplayBuffer Replay { get; } = new();

    /// <summary>Bars since the series began or restarted.</summary>
    public int BarCount => Features.BarCount;

    /// <summary>Labelled rows that can be replayed.</summary>
    public int ReplayRows => Replay.Count;

    /// <summary>The key of the series' draws.</summary>
    internal ulong HashOf(in Contracts.SeriesId series)
    {
        if (SeriesHash == 0) SeriesHash = Fnv1a.Hash(series.ToString());
        return SeriesHash;
    }

    /// <summary>Bytes that <see cref="Write"/> writes.</summary>
    public int StateBytes => 21 + Windows.StateBytes + Features.StateBytes + Pending.StateBytes + Replay.StateBytes;

    /// <summary>Writes the whole state; <see cref="Read"/> gives the same bits back.</summary>
    public void Write(ref StateWriter writer)
    {
        writer.Int32(FormatVersion);
        writer.Int64(FeaturePipeline.PriceV1.Fingerprint);
        writer.Int64(LastSequence);
        writer.Boolean(Restarted);
        Windows.Write(ref writer);
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
        var expected = FeaturePipeline.PriceV1.Fingerprint;
        if (fingerprint != expected)
        {
            throw new FormatException(
                $"topology state: found feature fingerprint {fingerprint:x16}; expected {expected:x16}");
        }

        LastSequence = reader.Int64();
        Restarted = reader.Boolean();
        Windows.Read(ref reader);
        Features.Read(ref reader);
        Pending.Read(ref reader);
        Replay.Read(ref reader);
    }
}
