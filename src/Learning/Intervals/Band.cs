namespace Kafka.Stock.Learning;

/// <summary>Half of a symmetric prediction interval around a forecast.</summary>
/// <param name="HalfWidth">In log-return units; infinity when unbounded, 0 when empty.</param>
/// <param name="Kind">How it came about.</param>
public readonly record struct Band(double HalfWidth, BandKind Kind);
