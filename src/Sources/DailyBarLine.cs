using Kafka.Stock.Contracts;

namespace Kafka.Stock.Sources;

/// <summary>One trading day of a fetched history.</summary>
/// <param name="Day">In the exchange's zone.</param>
/// <param name="Open">Dollars a share, above 0.</param>
/// <param name="High">Highest price.</param>
/// <param name="Low">Lowest price.</param>
/// <param name="Close">Last price.</param>
/// <param name="Volume">Shares, at least 0.</param>
public readonly record struct DailyBarLine(DateOnly Day, Price Open, Price High, Price Low, Price Close, long Volume);
