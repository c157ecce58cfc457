namespace Kafka.Stock.Learning;

/// <summary>Move from the close before to the open, over the scale. On daily bars such moves tend to go on.</summary>
sealed class NightMove : IFeature
{
    public string Name => "night";

    public double Value(BarHistory history, ReadOnlySpan<double> memory) => history.Night / history.Scale;
}
