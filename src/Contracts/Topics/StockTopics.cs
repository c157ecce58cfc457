namespace Kafka.Stock.Contracts;

/// <summary>The one table of topics: creation, checks, documents and tests read it.</summary>
public static class StockTopics
{
    /// <summary>Payloads as received.</summary>
    public static readonly Topic Raw = new("stock.raw.v1", "symbol", ["kafka.stock.RawPayload"], TopicCleanup.Days(7), "Ingestor");

    /// <summary>Ticks, source bars, watermarks, corporate actions, and bars of the market reference.</summary>
    public static readonly Topic Market = new(
        "stock.market.v1", "symbol",
        ["kafka.stock.Tick", "kafka.stock.SourceBar", "kafka.stock.Watermark", "kafka.stock.CorporateAction", ReferenceBar.SchemaName],
        TopicCleanup.Days(30), "Ingestor")
    { Broadcast = ReferenceBar.SchemaName };

    /// <summary>How far each source has been published.</summary>
    public static readonly Topic IngestPositions = new(
        "stock.ingest-positions.v1", "source/symbol", ["kafka.stock.IngestPosition"], TopicCleanup.Compact, "Ingestor");

    /// <summary>Final bars.</summary>
    public static readonly Topic Bars = new("stock.bars.v1", "symbol", ["kafka.stock.Bar"], TopicCleanup.Days(30), "Topology");

    /// <summary>What the Trainer learns from.</summary>
    public static readonly Topic MicroBatches = new(
        "stock.micro-batches.v1", "symbol", ["kafka.stock.MicroBatch", "kafka.stock.ModelPromotion"],
        TopicCleanup.Days(30), "Topology, BatchJob");

    /// <summary>Forecasts.</summary>
    public static readonly Topic Forecasts = new(
        "stock.forecasts.v1", "symbol", ["kafka.stock.Forecast"], TopicCleanup.Days(30), "Trainer");

    /// <summary>Scores, when the label has arrived.</summary>
    public static readonly Topic Scores = new("stock.scores.v1", "symbol", ["kafka.stock.Score"], TopicCleanup.Days(30), "Trainer");

    /// <summary>Drift alarms.</summary>
    public static readonly Topic Drift = new("stock.drift.v1", "symbol", ["kafka.stock.DriftAlarm"], TopicCleanup.Days(90), "Trainer");

    /// <summary>Decisions of retrains, those that promoted nothing included.</summary>
    public static readonly Topic Decisions = new(
        "stock.decisions.v1", "interval", [RetrainDecision.SchemaName], TopicCleanup.Days(365), "BatchJob");

    /// <summary>What couldn't be read, as it came.</summary>
    public static readonly Topic DeadLetters = new("stock.dead-letters.v1", "as it came", [], TopicCleanup.Days(30), "all");

    /// <summary>The changelog of the Topology.</summary>
    public static readonly Topic TopologyChangelog = Changelog("topology", "Topology");

    /// <summary>The changelog of the Trainer.</summary>
    public static readonly Topic TrainerChangelog = Changelog("trainer", "Trainer");

    /// <summary>Every topic, in the order of the way of one tick.</summary>
    public static IReadOnlyList<Topic> All { get; } =
    [
        Raw, Market, IngestPositions, Bars, MicroBatches, Forecasts, Scores, Drift, Decisions, DeadLetters,
        TopologyChangelog, TrainerChangelog,
    ];

    static Topic Changelog(string application, string role) => new(
        $"stock.{application}-changelog.v1", "kind byte + series",
        ["kafka.stock.FoldProgress", "kafka.stock.FoldStatePart", "kafka.stock.FoldSkip", "kafka.stock.FoldEpoch"],
        TopicCleanup.Compact, role);
}
