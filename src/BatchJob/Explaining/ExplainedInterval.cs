namespace Kafka.Stock.BatchJob;

/// <summary>One interval of an explained forecast, and the state that gave it.</summary>
/// <param name="Level">Coverage promised.</param>
/// <param name="Lower">Lower bound in dollars; null when unbounded.</param>
/// <param name="Upper">Upper bound in dollars; null when unbounded.</param>
/// <param name="Kind">How it came about.</param>
/// <param name="Alpha">Share of misses that it aims at, adapted to those that came.</param>
/// <param name="Scores">Scores that its width is a quantile of.</param>
/// <param name="Coverage">Share of hits so far; null before the first score.</param>
/// <param name="CoverageBound">How far that can lie from the level by the theorem of the intervals.</param>
public sealed record ExplainedInterval(
    double Level, double? Lower, double? Upper, string Kind, double Alpha, int Scores, double? Coverage, double? CoverageBound);
