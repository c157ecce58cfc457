namespace Kafka.Stock.Learning;

/// <summary>What a learning step did.</summary>
/// <param name="Applied">False when it was skipped: loss or gradient weren't finite, or there were no rows. Then no weight has changed,
/// to the bit.</param>
/// <param name="Loss">Mean loss of the batch before the step; not finite when that is why it was skipped.</param>
/// <param name="GradientNorm">Euclidean norm of the gradient before clipping.</param>
public readonly record struct StepResult(bool Applied, double Loss, double GradientNorm);
