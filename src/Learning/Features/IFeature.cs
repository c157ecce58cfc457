namespace Kafka.Stock.Learning;

/// <summary>One feature: a number that is known at the end of a bar. A new one is a class of this kind and a place in a pipeline's
/// list.</summary>
/// <remarks>One object serves all series: what a feature remembers of a series lies in the memory that it is handed.</remarks>
public interface IFeature
{
    /// <summary>Its name in gold columns and in the fingerprint; unique in its pipeline.</summary>
    string Name { get; }

    /// <summary>What its number is.</summary>
    FeatureKind Kind => FeatureKind.ScaleFree;

    /// <summary>Doubles that it keeps for each series; they start at 0.</summary>
    int MemoryDoubles => 0;

    /// <summary>Takes notice of a new bar, after <paramref name="history"/> has.</summary>
    void Update(BarHistory history, Span<double> memory)
    {
    }

    /// <summary>Its value at the last bar. The pipeline clips scale-free ones to +-4 and puts 0 in the place of NaN.</summary>
    double Value(BarHistory history, ReadOnlySpan<double> memory);

    /// <summary>Rescales its memory at a split: all earlier prices times one factor, all earlier volumes times the other.</summary>
    void Rescale(double priceFactor, double volumeFactor, Span<double> memory)
    {
    }
}
