using System.Globalization;

namespace Kafka.Stock.Learning;

/// <summary>Return of the bar <paramref name="ago"/> bars back, over the scale of today.</summary>
sealed class LaggedReturn(int ago) : IFeature
{
    public string Name { get; } = "return_" + ago.ToString(CultureInfo.InvariantCulture);

    public double Value(BarHistory history, ReadOnlySpan<double> memory) => history.Return(ago) / history.Scale;
}
