using Kafka.Stock.Calendars;
using Kafka.Stock.Contracts;
using Kafka.Stock.Learning;

namespace Kafka.Stock.Topology;

/// <summary>What the Topology's fold reads besides its log. All of it goes into the epoch.</summary>
public sealed record TopologyOptions
{
    /// <summary>What a forecast is about.</summary>
    public TargetKind Target { get; init; } = TargetKind.NextBar;

    /// <summary>What a row's features are; one that uses a reference exactly where <see cref="Reference"/> names one.</summary>
    public FeaturePipeline Pipeline { get; init; } = FeaturePipeline.PriceV1;

    /// <summary>Symbol of the market reference, whose bars come as <see cref="ReferenceBar"/>; null for none.</summary>
    public string? Reference { get; init; }

    /// <summary>Bars that are built of ticks, each a series of its own; with the target <see cref="TargetKind.NextSessionClose"/> only
    /// the first that is no session: after each of its bars the forecast is refreshed.</summary>
    public IReadOnlyList<BarInterval> TickIntervals { get; init; } = [BarInterval.Minute];

    /// <summary>Sessions of all symbols: trading days, session bars, when a forecast's target is due.</summary>
    public ITradingCalendar Calendar { get; init; } = UsEquitiesCalendar.Instance;

    /// <summary>Bars from a row to its label, 1 to 64.</summary>
    public int HorizonBars { get; init; } = 1;

    /// <summary>Labelled rows kept a series, 16 to 65,536.</summary>
    public int ReplayCapacityRows { get; init; } = 300;

    /// <summary>Rows of a micro-batch, 1 to 64: the latest labelled one and past ones.</summary>
    public int BatchRows { get; init; } = 4;

    /// <summary>Lambda of p ~ e^(-lambda age), age in rows; 0 draws uniformly.</summary>
    public double ReplayLambda { get; init; } = 0.01;

    /// <summary>Seed of every draw.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Days without a bar after which a series restarts: no label across, a new warm-up.</summary>
    public int RestartAfterDays { get; init; } = 30;

    /// <summary>Windows that a series holds open at once, at most: ticks further ahead of their watermark become dead letters.</summary>
    public int OpenWindowsMax { get; init; } = 4_096;

    /// <summary>Every value that changes a result, one text: its hash is the epoch.</summary>
    public string Canonical() => string.Create(
        System.Globalization.CultureInfo.InvariantCulture,
        $"topology-2;target={Target};pipeline={Pipeline.Name}/{Pipeline.Fingerprint:x16};reference={Reference ?? "none"}"
            + $";intervals={string.Join(',', TickIntervals)};calendar={Calendar.Name};horizon={HorizonBars}"
            + $";capacity={ReplayCapacityRows};batch={BatchRows};lambda={ReplayLambda:R};seed={Seed}"
            + $";restart={RestartAfterDays};windows={OpenWindowsMax}");
}
