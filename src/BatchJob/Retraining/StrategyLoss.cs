namespace Kafka.Stock.BatchJob;

/// <summary>How one strategy did on one forecast.</summary>
/// <param name="Strategy">Which.</param>
/// <param name="AbsoluteError">|actual return - predicted return|.</param>
readonly record struct StrategyLoss(string Strategy, double AbsoluteError);
