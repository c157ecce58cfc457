using Kafka.Stock.Contracts;

namespace Kafka.Stock.Sources;

/// <summary>What one line of a file says: a bar, or a trade, whose four prices are its price and whose start is its end.</summary>
/// <param name="Symbol">In upper case; the same instance for the same symbol of a file.</param>
/// <param name="StartUs">Start of a bar, time of a trade; microseconds since 1970 UTC.</param>
/// <param name="EndUs">End of a bar, time of a trade: order goes by it.</param>
/// <param name="Open">First price.</param>
/// <param name="High">Highest price.</param>
/// <param name="Low">Lowest price.</param>
/// <param name="Close">Last price; the price of a trade.</param>
/// <param name="Volume">Shares.</param>
public readonly record struct MarketLine(
    string Symbol, long StartUs, long EndUs, Price Open, Price High, Price Low, Price Close, long Volume);
