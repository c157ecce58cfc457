namespace Kafka.Stock.BatchJob;

/// <summary>The rows of one micro-batch, as the online Trainer learnt from them.</summary>
/// <param name="BarEndUs">End of the bar that the micro-batch came with.</param>
/// <param name="Features">[rows x width].</param>
/// <param name="Targets">[rows] in z units.</param>
sealed record LearningRows(long BarEndUs, float[] Features, float[] Targets);
