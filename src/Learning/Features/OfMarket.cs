namespace Kafka.Stock.Learning;

/// <summary>A feature of the market reference's bars, at the scale of the reference; 0 where the reference has no bar of the same
/// end.</summary>
/// <remarks>The feature keeps no memory: what it may know of the reference is the history that every series holds of it.</remarks>
sealed class OfMarket(IFeature feature) : IFeature
{
    public string Name { get; } = "market_" + feature.Name;

    public double Value(BarHistory history, ReadOnlySpan<double> memory) =>
        history.Market is { } market ? feature.Value(market, []) : 0.0;
}
