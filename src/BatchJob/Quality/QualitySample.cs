using Kafka.Stock.Contracts;

namespace Kafka.Stock.BatchJob;

/// <summary>A row that breaks a rule.</summary>
/// <param name="Series">Whose row; null where the check is about no row, such as size.</param>
/// <param name="EndUs">Its end, microseconds since 1970 UTC.</param>
/// <param name="Place">Where it was read; empty where that isn't known.</param>
/// <param name="Found">What is wrong with it.</param>
public sealed record QualitySample(SeriesId? Series, long EndUs, string Place, string Found);
