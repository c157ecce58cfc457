namespace Kafka.Stock.Learning;

/// <summary>A part of the bar's trading day, in the exchange's zone, as a category.</summary>
sealed class DateColumn(string name, Func<DateOnly, int> part) : IFeature
{
    public string Name => name;

    public FeatureKind Kind => FeatureKind.Category;

    public double Value(BarHistory history, ReadOnlySpan<double> memory) =>
        part(DateOnly.FromDayNumber(BarInput.DayNumberOf1970 + history.TradingDay));
}
