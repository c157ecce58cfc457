namespace Kafka.Stock.BatchJob;

/// <summary>What a learning step was given.</summary>
/// <param name="BarEndUs">End of its bar.</param>
/// <param name="Features">[rows x width] to learn from.</param>
/// <param name="Targets">[rows] labels in units of the scale.</param>
/// <param name="Next">[width] to forecast from.</param>
sealed record LoggedStep(long BarEndUs, float[] Features, float[] Targets, float[] Next);
