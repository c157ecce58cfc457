namespace Kafka.Stock.Learning;

/// <summary>Mean or total over the bars of this trading day up to and including the last one; on daily bars that is the bar
/// itself.</summary>
/// <remarks>Later bars of the day aren't in it: a mean over the whole day would know the day's end.</remarks>
sealed class DayColumn(string name, FeatureKind kind, bool isMean, Func<BarHistory, double> value) : IFeature
{
    const int Day = 0;
    const int Sum = 1;
    const int Bars = 2;

    public string Name => name;

    public FeatureKind Kind => kind;

    public int MemoryDoubles => 3;

    public void Update(BarHistory history, Span<double> memory)
    {
        if (memory[Day] != history.TradingDay) (memory[Day], memory[Sum], memory[Bars]) = (history.TradingDay, 0.0, 0.0);
        memory[Sum] += value(history);
        memory[Bars]++;
    }

    public double Value(BarHistory history, ReadOnlySpan<double> memory)
    {
        if (!isMean) return memory[Sum];
        return memory[Bars] > 0 ? memory[Sum] / memory[Bars] : 0.0;
    }

    public void Rescale(double priceFactor, double volumeFactor, Span<double> memory) =>
        memory[Sum] *= kind == FeatureKind.Price ? priceFactor : volumeFactor;
}
