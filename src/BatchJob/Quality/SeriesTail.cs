using Kafka.Stock.Contracts;

namespace Kafka.Stock.BatchJob;

/// <summary>The last row of a series that an earlier pass has seen: what the first new one is compared with.</summary>
/// <param name="Series">Whose.</param>
/// <param name="EndUs">Latest end of all its rows, microseconds since 1970 UTC.</param>
/// <param name="Close">The last close that is known; null where there is none.</param>
/// <param name="CloseEndUs">End of the row that it is of: <paramref name="EndUs"/>, unless that row had no close.</param>
public readonly record struct SeriesTail(SeriesId Series, long EndUs, Price? Close, long CloseEndUs);
