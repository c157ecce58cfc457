namespace Kafka.Stock.BatchJob;

/// <summary>Names of the kinds of market record, as bronze/market is partitioned by them.</summary>
static class MarketKinds
{
    public const string Tick = "tick";
    public const string SourceBar = "source_bar";
    public const string ReferenceBar = "reference_bar";
    public const string Watermark = "watermark";
    public const string CorporateAction = "corporate_action";
    public const string Other = "other";

    /// <summary>The kind of a schema; <see cref="Other"/> for one that isn't a market record's.</summary>
    public static string Of(string? schemaName) => schemaName switch
    {
        "kafka.stock.Tick" => Tick,
        "kafka.stock.SourceBar" => SourceBar,
        "kafka.stock.ReferenceBar" => ReferenceBar,
        "kafka.stock.Watermark" => Watermark,
        "kafka.stock.CorporateAction" => CorporateAction,
        _ => Other,
    };
}
