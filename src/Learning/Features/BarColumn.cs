namespace Kafka.Stock.Learning;

/// <summary>A number of the last bar as it is: a column of the requirement, not made free of scale.</summary>
sealed class BarColumn(string name, FeatureKind kind, Func<BarHistory, double> value) : IFeature
{
    public string Name => name;

    public FeatureKind Kind => kind;

    public double Value(BarHistory history, ReadOnlySpan<double> memory) => value(history);
}
