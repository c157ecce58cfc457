namespace Kafka.Stock.Learning;

/// <summary>What a feature's number is: decides whether it is clipped, what a split does to it, and how it is prepared for a
/// network.</summary>
public enum FeatureKind
{
    /// <summary>Free of scale and of about unit size: clipped to +-4, only imputed.</summary>
    ScaleFree,

    /// <summary>In dollars: a split rescales it; imputed and standardised.</summary>
    Price,

    /// <summary>In shares: a split rescales it; imputed and standardised.</summary>
    Volume,

    /// <summary>A number that a split leaves alone: imputed and standardised.</summary>
    Number,

    /// <summary>A name written as a whole number: binary-encoded.</summary>
    Category,
}
