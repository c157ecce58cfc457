using Kafka.Stock.Contracts;

namespace Kafka.Stock.Topology;

/// <summary>A record of the market topic; which one, <see cref="Kind"/> says.</summary>
public struct MarketMessage
{
    /// <summary>Which of the records holds.</summary>
    public MarketKind Kind { get; set; }

    /// <summary>Valid for <see cref="MarketKind.Tick"/>.</summary>
    public Tick Tick { get; set; }

    /// <summary>Valid for <see cref="MarketKind.SourceBar"/> and <see cref="MarketKind.ReferenceBar"/>.</summary>
    public SourceBar Bar { get; set; }

    /// <summary>Valid for <see cref="MarketKind.Watermark"/>.</summary>
    public Watermark Watermark { get; set; }

    /// <summary>Valid for <see cref="MarketKind.CorporateAction"/>.</summary>
    public CorporateAction Action { get; set; }
}
