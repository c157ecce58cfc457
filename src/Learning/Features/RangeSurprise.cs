namespace Kafka.Stock.Learning;

/// <summary>Log of the bar's range volatility over the running scale; a bar without any range gives the lower clip.</summary>
sealed class RangeSurprise : IFeature
{
    public string Name => "range_surprise";

    public double Value(BarHistory history, ReadOnlySpan<double> memory) => PortableMath.Log(history.RangeVolatility / history.Scale);
}
