using Kafka.Stock.Contracts;

namespace Kafka.Stock.Trainer;

/// <summary>What one step did: for whoever wants to log it. No output depends on it.</summary>
/// <param name="Series">Whose model stepped.</param>
/// <param name="Step">Learning steps applied so far.</param>
/// <param name="BatchSize">Rows of the micro-batch.</param>
/// <param name="Applied">False when the step was skipped, because there was no row or something wasn't finite.</param>
/// <param name="Loss">Loss before the step, mean over the rows; 0 without rows.</param>
/// <param name="PredictedClose">Served forecast that followed, dollars.</param>
public readonly record struct LearningStep(SeriesId Series, long Step, int BatchSize, bool Applied, double Loss, double PredictedClose);
