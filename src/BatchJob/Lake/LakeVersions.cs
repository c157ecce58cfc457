namespace Kafka.Stock.BatchJob;

/// <summary>Versions of the tables that a model was made from; null where there was no such table.</summary>
/// <param name="Bars">Of silver/bars, whose rows the gate looks at.</param>
/// <param name="Features">Of gold/features.</param>
public readonly record struct LakeVersions(long? Bars, long? Features);
