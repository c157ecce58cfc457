namespace Kafka.Stock.Contracts;

/// <summary>A drift detector fired on the loss of a strategy.</summary>
/// <param name="Series">Whose loss.</param>
/// <param name="AtUs">End of the bar at which it fired, microseconds since 1970 UTC.</param>
/// <param name="Detector"><c>adwin</c> or <c>page-hinkley</c>.</param>
/// <param name="Strategy">Whose loss.</param>
/// <param name="Before">Mean standardised loss before the change.</param>
/// <param name="After">Mean standardised loss after it.</param>
/// <param name="Count">Losses that the detector has seen.</param>
public sealed record DriftAlarm(SeriesId Series, long AtUs, string Detector, string Strategy, double Before, double After, long Count);
