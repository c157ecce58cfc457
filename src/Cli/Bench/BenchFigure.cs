namespace Kafka.Stock.Cli;

/// <summary>One figure of a bench.</summary>
/// <param name="Name">Key in the JSON.</param>
/// <param name="Value">What was measured in this run; NaN (null in the JSON) when it couldn't be.</param>
/// <param name="Meaning">Unit, and what it stands beside.</param>
readonly record struct BenchFigure(string Name, double Value, string Meaning);
