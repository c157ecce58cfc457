namespace Kafka.Stock.Learning;

/// <summary>Where the close lies in the bar's cleaned range: -1 at the low, +1 at the high.</summary>
sealed class CloseLocation : IFeature
{
    public string Name => "close_location";

    public double Value(BarHistory history, ReadOnlySpan<double> memory) => history.CloseLocation;
}
