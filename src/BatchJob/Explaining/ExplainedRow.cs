namespace Kafka.Stock.BatchJob;

/// <summary>A row that the step before the forecast learnt from.</summary>
/// <param name="BarEnd">End of its bar, UTC.</param>
/// <param name="TargetEnd">End of the bar that gave its label, UTC.</param>
/// <param name="Close">Close of its bar, dollars.</param>
/// <param name="TargetClose">Close of the bar that gave its label.</param>
/// <param name="TargetReturn">Its label, log return.</param>
/// <param name="Scale">Scale known at its bar.</param>
/// <param name="IsNewest">True for the row whose label had just come; the others are replayed.</param>
public sealed record ExplainedRow(
    DateTime BarEnd, DateTime TargetEnd, double Close, double TargetClose, double TargetReturn, double Scale, bool IsNewest);
