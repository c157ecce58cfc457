namespace Kafka.Stock.Learning;

/// <summary>What a training gave.</summary>
/// <param name="Learner">The model with its moments: of the best validation epoch where there is a validation part, else of the
/// last.</param>
/// <param name="Preprocessor">What prepares rows for it, fitted on the training part alone.</param>
/// <param name="Split">Parts of the history.</param>
/// <param name="Epochs">Epochs done.</param>
/// <param name="BestEpoch">Epoch whose weights these are.</param>
/// <param name="TrainLoss">Mean loss of that epoch's steps.</param>
/// <param name="ValidationLoss">Validation loss of that epoch; null where there is no validation part.</param>
/// <param name="TestLoss">Loss of the test part with these weights; null where there is none.</param>
/// <param name="Cancelled">The caller stopped it: the model isn't meant for use.</param>
public sealed record TrainingOutcome(
    NetworkLearner Learner, Preprocessor Preprocessor, TrainingSplit Split, int Epochs, int BestEpoch,
    double TrainLoss, double? ValidationLoss, double? TestLoss, bool Cancelled);
