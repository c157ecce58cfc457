using System.Diagnostics.CodeAnalysis;
using Kafka.Stock.Contracts;
using Kafka.Stock.Learning;

namespace Kafka.Stock.Trainer;

/// <summary>Everything that the Trainer remembers of one series.</summary>
public sealed class TrainerState
{
    /// <summary>Version of the snapshot's form.</summary>
    public const int FormatVersion = 3;

    StrategyRecord[] _strategies = [];
    Parts? _parts;

    /// <summary>End of the last bar taken: a micro-batch that isn't later is a repeat.</summary>
    internal long LastBarEndUs { get; set; } = long.MinValue;

    /// <summary>End of the last bar that refreshed a forecast within a session.</summary>
    internal long LastRefreshUs { get; set; } = long.MinValue;

    /// <summary>Forecasts scored.</summary>
    public long Scores { get; internal set; }

    /// <summary>Id of the champion: the model that batch and hybrid go back to; empty before the series has begun.</summary>
    public string ChampionId => _parts?.Models.ChampionId ?? "";

    /// <summary>Promotions applied.</summary>
    public long Promotions => _parts?.Models.Promotions ?? 0;

    /// <summary>The model as readers on other threads see it: see <see cref="ModelWindow"/>.</summary>
    public ModelWindow Window { get; } = new();

    internal DriftForecaster Drift { get; } = new();

    internal BernsteinAggregate Aggregate { get; } = new(Strategies.Experts.Count);

    internal DriftWatch DriftWatch { get; } = new();

    internal BoundWatch BoundWatch { get; } = new();

    internal WaitingPromotion Waiting { get; } = new();

    internal ReadOnlySpan<StrategyRecord> Records => _strategies;

    internal ModelSlots Models => Begun.Models;

    internal PendingForecasts Pending => Begun.Pending;

    internal ProvisionalForecasts Provisional => Begun.Provisional;

    internal VolatilityScale Volatility => Begun.Volatility;

    internal LinearExperts Linear => Begun.Linear;

    [MemberNotNullWhen(true, nameof(_parts))]
    internal bool IsBegun => _parts is not null;

    Parts Begun => _parts ?? throw new InvalidOperationException("the series hasn't been begun");

    /// <summary>Makes the empty state of a series: seeded network, no scores.</summary>
    internal void Begin(in SeriesId series, TrainerOptions options, ScratchPool scratches)
    {
        var random = new KeyedRandom(options.Seed, Fnv1a.Hash(series.ToString()), 0);
        _strategies = [.. Strategies.All.Select(strategy => new StrategyRecord(strategy, [.. options.Levels]))];
        _parts = new Parts(
            options,
            new ModelSlots(options, scratches, random),
            new PendingForecasts(options.HorizonBars, Strategies.All.Count, options.Levels.Count),
            new ProvisionalForecasts(Strategies.All.Count, options.Levels.Count),
            new VolatilityScale(options.Pipeline.VolatilityInputs),
            new LinearExperts(options.Pipeline));
    }

    /// <summary>Share of misses that the next interval of a strategy aims at, by the places of strategy and level.</summary>
    public double IntervalAlpha(int strategy, int level) => _strategies[strategy].Interval.Alpha(level);

    /// <summary>Scores that the next interval of a strategy is a quantile of.</summary>
    public int IntervalScores(int strategy) => _strategies[strategy].Interval.Count;

    /// <summary>Bytes that <see cref="Write"/> writes.</summary>
    public int StateBytes =>
        28 + Models.StateBytes + DriftForecaster.StateBytes + Aggregate.StateBytes + DriftWatch.StateBytes + BoundWatch.StateBytes
            + Linear.StateBytes + Volatility.StateBytes + Pending.StateBytes + Provisional.StateBytes + Waiting.StateBytes
            + _strategies.Sum(record => record.StateBytes);

    /// <summary>Writes the whole state; <see cref="Read"/> into a begun one gives the same bits back.</summary>
    public void Write(ref StateWriter writer)
    {
        writer.Int32(FormatVersion);
        writer.Int64(LastBarEndUs);
        writer.Int64(LastRefreshUs);
        writer.Int64(Scores);
        Models.Write(ref writer);
        Drift.Write(ref writer);
        Linear.Write(ref writer);
        Aggregate.Write(ref writer);
        DriftWatch.Write(ref writer);
        BoundWatch.Write(ref writer);
        Volatility.Write(ref writer);
        Pending.Write(ref writer);
        Provisional.Write(ref writer);
        Waiting.Write(ref writer);
        foreach (var record in _strategies) record.Write(ref writer);
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="FormatException">Another format version, or truncated bytes.</exception>
    public void Read(ref StateReader reader)
    {
        var version = reader.Int32();
        if (version != FormatVersion) throw new FormatException($"trainer state: found format version {version}; expected {FormatVersion}");
        LastBarEndUs = reader.Int64();
        LastRefreshUs = reader.Int64();
        Scores = reader.Int64();
        Models.Read(ref reader);
        Drift.Read(ref reader);
        Linear.Read(ref reader);
        Aggregate.Read(ref reader);
        DriftWatch.Read(ref reader);
        BoundWatch.Read(ref reader);
        Volatility.Read(ref reader);
        Pending.Read(ref reader);
        Provisional.Read(ref reader);
        Waiting.Read(ref reader, Begun.Options);
        foreach (var record in _strategies) record.Read(ref reader);
    }

    /// <summary>What needs the options to be made.</summary>
    sealed record Parts(
        TrainerOptions Options, ModelSlots Models, PendingForecasts Pending, ProvisionalForecasts Provisional, VolatilityScale Volatility,
        LinearExperts Linear);
}
