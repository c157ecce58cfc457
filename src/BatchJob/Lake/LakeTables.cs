using System.Collections.Immutable;
using Kafka.Stock.Contracts;
using Kafka.Stock.Lakehouse;
using Kafka.Stock.Learning;

namespace Kafka.Stock.BatchJob;

/// <summary>The tables of the medallion lake: paths, columns, partitioning. The one list; commands and documents read it.</summary>
public static class LakeTables
{
    /// <summary>Topic of records that came from files without a broker: one partition, 0.</summary>
    public const string FilesTopic = "files";

    /// <summary>Every market record as published.</summary>
    public const string Market = "bronze/market";

    /// <summary>Payloads as received.</summary>
    public const string Raw = "bronze/raw";

    /// <summary>What the Trainer learnt from, as published.</summary>
    public const string MicroBatches = "bronze/micro_batches";

    /// <summary>Forecasts as published.</summary>
    public const string Forecasts = "bronze/forecasts";

    /// <summary>Scores as published.</summary>
    public const string Scores = "bronze/scores";

    /// <summary>Bars, as served and revised.</summary>
    public const string Bars = "silver/bars";

    /// <summary>Features of as-served bars.</summary>
    public const string Features = "gold/features";

    /// <summary>Results of the quality gate.</summary>
    public const string Checks = "quality/checks";

    /// <summary>Models that retrains made, and what became of them.</summary>
    public const string Models = "models/versions";

    /// <summary>View of the bars as the stream had them at the time.</summary>
    public const string AsServed = "as_served";

    /// <summary>View of the bars with late ticks and corrections.</summary>
    public const string Revised = "revised";

    /// <summary>All paths, in the order of the layers.</summary>
    public static IReadOnlyList<string> Paths { get; } = [Raw, Market, MicroBatches, Forecasts, Scores, Bars, Features, Checks, Models];

    /// <summary>Which table a topic is kept in.</summary>
    public static IReadOnlyList<(Topic Topic, string Path)> Synced { get; } =
    [
        (StockTopics.Raw, Raw), (StockTopics.Market, Market), (StockTopics.MicroBatches, MicroBatches),
        (StockTopics.Forecasts, Forecasts), (StockTopics.Scores, Scores),
    ];

    /// <summary>The bars of every series, both views.</summary>
    public static TableDefinition BarsDefinition { get; } = Define(
        ["interval", "year"],
        [
            new("series", DeltaType.Text), new("symbol", DeltaType.Text), new("source", DeltaType.Text), new("view", DeltaType.Text),
            new("dt", DeltaType.Date), new("start", DeltaType.Timestamp), new("end", DeltaType.Timestamp),
            new("open", BronzeColumns.Price), new("high", BronzeColumns.Price), new("low", BronzeColumns.Price),
            new("close", BronzeColumns.Price), new("volume", DeltaType.Int64), new("ticks", DeltaType.Int64),
            new("timestamp_in_ms", DeltaType.Int64), new("split_factor", DeltaType.Float64), new("known_at", DeltaType.Timestamp),
            new("first_tick", DeltaType.Timestamp), new("last_tick", DeltaType.Timestamp), .. BronzeColumns.Place,
            new("interval", DeltaType.Text), new("year", DeltaType.Int32),
        ]);

    /// <summary>Name of a feature's column: the feature's own, unless a column of the layer has it.</summary>
    public static string FeatureColumn(string feature) =>
        GoldColumns().Concat(LabelColumns()).Any(column => column.Name == feature) ? $"feature_{feature}" : feature;

    /// <summary>As-served bars with their features; which ones is the pipeline's.</summary>
    public static TableDefinition FeaturesDefinition(FeaturePipeline pipeline) => Define(
        ["interval", "year"],
        [
            .. GoldColumns(), .. pipeline.FeatureNames.Select(name => new StructField(FeatureColumn(name), DeltaType.Float32)),
            .. LabelColumns(),
        ]);

    static IEnumerable<StructField> GoldColumns() =>
    [
        new("series", DeltaType.Text), new("symbol", DeltaType.Text), new("source", DeltaType.Text), new("interval", DeltaType.Text),
        new("dt", DeltaType.Date), new("start", DeltaType.Timestamp), new("end", DeltaType.Timestamp),
        new("timestamp_in_ms", DeltaType.Int64),
        new("open", DeltaType.Float64), new("high", DeltaType.Float64), new("low", DeltaType.Float64), new("close", DeltaType.Float64),
        new("volume", DeltaType.Int64),
        new("ave_open", DeltaType.Float64), new("ave_high", DeltaType.Float64), new("ave_low", DeltaType.Float64),
        new("ave_close", DeltaType.Float64), new("total_volume", DeltaType.Int64), new("30_day_ma_close", DeltaType.Float64),
        new("year", DeltaType.Int32), new("month", DeltaType.Int32), new("date", DeltaType.Int32), new("log1p_close", DeltaType.Float64),
    ];

    static IEnumerable<StructField> LabelColumns() =>
    [
        new("label", DeltaType.Float64), new("target_end", DeltaType.Timestamp), new("target_close", DeltaType.Float64),
        new("fingerprint", DeltaType.Int64), new("epoch", DeltaType.Int64),
    ];

    internal static TableDefinition Define(ImmutableArray<string> partitionColumns, ImmutableArray<StructField> columns) =>
        new(new StructType(columns), partitionColumns);
}
