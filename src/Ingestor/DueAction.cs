using Kafka.Stock.Sources;

namespace Kafka.Stock.Ingestor;

/// <summary>A split or dividend of one source, at its place in event time.</summary>
/// <param name="EffectiveUs">Open of the first session at the new price.</param>
/// <param name="Source">Whose series it touches.</param>
/// <param name="Line">What it is.</param>
readonly record struct DueAction(long EffectiveUs, string Source, CorporateActionLine Line) : IComparable<DueAction>
{
    public int CompareTo(DueAction other)
    {
        var byTime = EffectiveUs.CompareTo(other.EffectiveUs);
        if (byTime != 0) return byTime;
        var bySymbol = string.CompareOrdinal(Line.Symbol, other.Line.Symbol);
        if (bySymbol != 0) return bySymbol;
        var bySource = string.CompareOrdinal(Source, other.Source);
        if (bySource != 0) return bySource;
        var byKind = Line.Kind.CompareTo(other.Line.Kind);
        return byKind != 0 ? byKind : Line.PriceFactor.CompareTo(other.Line.PriceFactor);
    }
}
