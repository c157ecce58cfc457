namespace Kafka.Stock.BatchJob;

/// <summary>How the champion's forecasts of a bar turned out, as its score has it.</summary>
/// <param name="MadeAtUs">End of the bar that they were made at.</param>
/// <param name="Hybrid">|error| of the champion with online steps, log return.</param>
/// <param name="Batch">|error| of the frozen champion, log return.</param>
readonly record struct ChampionError(long MadeAtUs, double Hybrid, double Batch);
