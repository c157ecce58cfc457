namespace Kafka.Stock.Calendars;

/// <summary>The regular hours of one trading day: open &lt;= t &lt; close.</summary>
/// <param name="Day">The trading day in the exchange's own zone.</param>
/// <param name="OpenUs">Open in microseconds since 1970 UTC.</param>
/// <param name="CloseUs">Close in microseconds since 1970 UTC; the first moment after the session.</param>
/// <param name="IsHalfDay">True where the exchange closed, or closes, early by plan.</param>
public readonly record struct TradingSession(DateOnly Day, long OpenUs, long CloseUs, bool IsHalfDay);
