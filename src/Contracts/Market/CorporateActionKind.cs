namespace Kafka.Stock.Contracts;

/// <summary>What a corporate action is.</summary>
public enum CorporateActionKind
{
    /// <summary>A split or reverse split: prices and volumes are rescaled.</summary>
    Split,

    /// <summary>A cash dividend: earlier prices are rescaled, volumes are not.</summary>
    Dividend,
}
