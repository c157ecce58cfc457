namespace Kafka.Stock.BatchJob;

/// <summary>A feature that the forecast was made from.</summary>
/// <param name="Name">As its pipeline names it.</param>
/// <param name="Value">The very number.</param>
public sealed record ExplainedFeature(string Name, float Value);
