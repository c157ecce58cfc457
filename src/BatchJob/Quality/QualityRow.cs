using Kafka.Stock.Contracts;

namespace Kafka.Stock.BatchJob;

/// <summary>A bar as the quality gate sees it: a value that is missing is null, not zero.</summary>
/// <param name="Series">Whose bar it is.</param>
/// <param name="StartUs">Start, microseconds since 1970 UTC.</param>
/// <param name="EndUs">End, microseconds since 1970 UTC.</param>
/// <param name="Open">First price, dollars a share.</param>
/// <param name="High">Highest price.</param>
/// <param name="Low">Lowest price.</param>
/// <param name="Close">Last price.</param>
/// <param name="Volume">Shares.</param>
/// <param name="Place">Where it was read.</param>
public readonly record struct QualityRow(
    SeriesId Series, long StartUs, long EndUs, Price? Open, Price? High, Price? Low, Price? Close, long? Volume, RowPlace Place = default);
