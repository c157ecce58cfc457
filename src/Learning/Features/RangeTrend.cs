namespace Kafka.Stock.Learning;

/// <summary>Log of the fast over the slow mean of range volatility; 0 while there has been no range at all.</summary>
sealed class RangeTrend : IFeature
{
    public string Name => "range_trend";

    public double Value(BarHistory history, ReadOnlySpan<double> memory) =>
        history.Range98 > 0 ? PortableMath.Log(history.Range80 / history.Range98) : 0.0;
}
