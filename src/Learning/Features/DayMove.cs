namespace Kafka.Stock.Learning;

/// <summary>Move from open to close, over the scale. On daily bars such moves tend to revert.</summary>
sealed class DayMove : IFeature
{
    public string Name => "day";

    public double Value(BarHistory history, ReadOnlySpan<double> memory) => history.Body / history.Scale;
}
