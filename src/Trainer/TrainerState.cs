using Kafka.Stock.Contracts;
using Kafka.Stock.Learning;

namespace Kafka.Stock.Trainer;

/// <summary>Everything that the Trainer remembers of one series.</summary>
public sealed class TrainerState
{
    /// <summary>Version of the snapshot's form.</summary>
    public const int FormatVersion = 1;

    StrategyRecord[] _strategies = [];
    PendingForecasts? _pending;

    /// <summary>End of the last bar taken: a micro-batch that isn't later is a repeat.</summary>
    internal long LastBarEndUs { get; set; } = long.MinValue;

    /// <summary>Forecasts scored.</summary>
    public long Scores { get; internal set; }

    internal NetworkLearner Network { get; private set; } = null!;

    internal string ModelId { get; private set; } = "";

    internal DriftForecaster Drift { get; } = new();

    internal BernsteinAggregate Aggregate { get; } = new(Strategies.Experts.Count);

    internal DriftWatch DriftWatch { get; } = new();

    internal VolatilityScale Volatility { get; } = new();

    internal ReadOnlySpan<StrategyRecord> Records => _strategies;

    internal PendingForecasts Pending => _pending ?? throw new InvalidOperationException("the series hasn't been begun");

    internal bool IsBegun => _pending is not null;

    /// <summary>Makes the empty state of a series: seeded network, no scores.</summary>
    internal void Begin(in SeriesId series, int width, TrainerOptions options, LearnerScratch scratch)
    {
        var seeded = Learning.Network.Seeded(
            new NetworkShape(width, options.HiddenUnits), new KeyedRandom(options.Seed, Fnv1a.Hash(series.ToString()), 0));
        ModelId = seeded.ModelId();
        Network = new NetworkLearner(seeded, options.Adam, scratch);
        _strategies = [.. Strategies.All.Select(strategy => new StrategyRecord(strategy, [.. options.Levels]))];
        _pending = new PendingForecasts(options.HorizonBars, Strategies.All.Count, options.Levels.Count);
    }

    /// <summary>Bytes that <see cref="Write"/> writes.</summary>
    public int StateBytes =>
        20 + 64 + Network.StateBytes + DriftForecaster.StateBytes + Aggregate.StateBytes + DriftWatch.StateBytes
            + Volatility.StateBytes + Pending.StateBytes + _strategies.Sum(record => record.StateBytes);

    /// <summary>Writes the whole state; <see cref="Read"/> into a begun one gives the same bits back.</summary>
    public void Write(ref StateWriter writer)
    {
        writer.Int32(FormatVersion);
        writer.Int64(LastBarEndUs);
        writer.Int64(Scores);
        foreach (var character in ModelId) writer.Byte((byte)character);
        Network.Write(ref writer);
        Drift.Write(ref writer);
        Aggregate.Write(ref writer);
        DriftWatch.Write(ref writer);
        Volatility.Write(ref writer);
        Pending.Write(ref writer);
        foreach (var record in _strategies) record.Write(ref writer);
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="FormatException">Another format version, or truncated bytes.</exception>
    public void Read(ref StateReader reader)
    {
        var version = reader.Int32();
        if (version != FormatVersion) throw new FormatException($"trainer state: found format version {version}; expected {FormatVersion}");
        LastBarEndUs = reader.Int64();
        Scores = reader.Int64();
        Span<char> id = stackalloc char[64];
        for (var i = 0; i < id.Length; i++) id[i] = (char)reader.Byte();
        ModelId = id.ToString();
        Network.Read(ref reader);
        Drift.Read(ref reader);
        Aggregate.Read(ref reader);
        DriftWatch.Read(ref reader);
        Volatility.Read(ref reader);
        Pending.Read(ref reader);
        foreach (var record in _strategies) record.Read(ref reader);
    }
}
