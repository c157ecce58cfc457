namespace Kafka.Stock.Learning;

/// <summary>Where a training stands after an epoch.</summary>
/// <param name="Epoch">Epochs done.</param>
/// <param name="EpochsMax">Most epochs there may be.</param>
/// <param name="TrainLoss">Mean loss of the epoch's steps.</param>
/// <param name="ValidationLoss">Loss of the validation part; null where there is none.</param>
public readonly record struct TrainingProgress(int Epoch, int EpochsMax, double TrainLoss, double? ValidationLoss);
