namespace Kafka.Stock.BatchJob;

/// <summary>What one strategy said, and from which model.</summary>
/// <param name="Strategy">Its name.</param>
/// <param name="PredictedClose">Dollars.</param>
/// <param name="PredictedReturn">Log return.</param>
/// <param name="Weight">Weight in the aggregate; 0 without one.</param>
/// <param name="ModelId">SHA-256 of the model that it started from; empty without one.</param>
/// <param name="Steps">Learning steps since.</param>
/// <param name="Intervals">Its intervals, by rising level.</param>
public sealed record ExplainedStrategy(
    string Strategy, double PredictedClose, double PredictedReturn, double Weight, string ModelId, long Steps,
    IReadOnlyList<ExplainedInterval> Intervals);
