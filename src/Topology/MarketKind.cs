namespace Kafka.Stock.Topology;

/// <summary>Which record a <see cref="MarketMessage"/> holds.</summary>
public enum MarketKind
{
    /// <summary>A trade.</summary>
    Tick,

    /// <summary>A bar as delivered.</summary>
    SourceBar,

    /// <summary>A source's word that it is done up to a time.</summary>
    Watermark,

    /// <summary>A split or dividend.</summary>
    CorporateAction,

    /// <summary>A bar of the market reference.</summary>
    ReferenceBar,
}
