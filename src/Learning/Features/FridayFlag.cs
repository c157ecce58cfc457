namespace Kafka.Stock.Learning;

/// <summary>1 on Fridays, 0 otherwise.</summary>
sealed class FridayFlag : IFeature
{
    public string Name => "is_friday";

    public double Value(BarHistory history, ReadOnlySpan<double> memory) => history.IsFriday ? 1.0 : 0.0;
}
