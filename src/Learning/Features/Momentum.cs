using System.Globalization;

namespace Kafka.Stock.Learning;

/// <summary>Sum of the last <paramref name="bars"/> returns over scale times root of their number: about 1 in size for a random
/// walk.</summary>
sealed class Momentum(int bars) : IFeature
{
    public string Name { get; } = "momentum_" + bars.ToString(CultureInfo.InvariantCulture);

    public double Value(BarHistory history, ReadOnlySpan<double> memory) =>
        history.SumOfReturns(bars) / (history.Scale * Math.Sqrt(bars));
}
