namespace Kafka.Stock.Learning;

/// <summary>A finished bar, as the features see it.</summary>
/// <param name="EndUs">End of the bar, microseconds since 1970 UTC.</param>
/// <param name="Open">First price, dollars.</param>
/// <param name="High">Highest price, dollars.</param>
/// <param name="Low">Lowest price, dollars.</param>
/// <param name="Close">Last price, dollars.</param>
/// <param name="Volume">Shares traded.</param>
/// <param name="IsFriday">The bar's trading day, in the exchange's time zone, is a Friday.</param>
/// <param name="TradingDay">The bar's trading day, in the exchange's time zone, in days since 1970-01-01; only pipelines with dates
/// read it.</param>
public readonly record struct BarInput(
    long EndUs, double Open, double High, double Low, double Close, double Volume, bool IsFriday, int TradingDay = 0)
{
    /// <summary>1970-01-01 as a <see cref="DateOnly.DayNumber"/>.</summary>
    internal const int DayNumberOf1970 = 719_162;

    const int DaysMax = 1_000_000;

    /// <summary>Prices are finite and above 0, the volume is finite and not below 0. A high under a low is usable: the cleaning mends
    /// it.</summary>
    public bool IsUsable => IsPrice(Open) && IsPrice(High) && IsPrice(Low) && IsPrice(Close) && Volume >= 0 && double.IsFinite(Volume)
        && TradingDay is >= -DayNumberOf1970 and <= DaysMax;

    static bool IsPrice(double value) => value > 0 && double.IsFinite(value);
}
