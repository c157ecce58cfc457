namespace Kafka.Stock.Contracts;

/// <summary>A prediction interval of the target's close.</summary>
/// <param name="Level">Coverage promised, for example 0.9.</param>
/// <param name="Lower">Lower bound in dollars; null when unbounded.</param>
/// <param name="Upper">Upper bound in dollars; null when unbounded.</param>
/// <param name="Kind">How it came about.</param>
public readonly record struct ForecastInterval(double Level, double? Lower, double? Upper, IntervalKind Kind);
