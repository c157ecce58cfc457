using Kafka.Stock.Sources;

namespace Kafka.Stock.Ingestor;

/// <summary>A split or dividend of one source, at its place in event time.</summary>
/// <param name="EffectiveUs">Open of the first session at the new price.</param>
/// <param name="Source">Whose series it touches.</param>
/// <param name="Line">What it is.</param>
readonly record struct DueAction(long EffectiveUs, string Source, CorporateActionLine Line)
{
    /// <summary>Order by time, symbol, source, kind, and factor, so that lines of the same day have an order too.</summary>
    public static int Compare(DueAction left, DueAction right)
    {
        var byTime = left.EffectiveUs.CompareTo(right.EffectiveUs);
        if (byTime != 0) return byTime;
        var bySymbol = string.CompareOrdinal(left.Line.Symbol, right.Line.Symbol);
        if (bySymbol != 0) return bySymbol;
        var bySource = string.CompareOrdinal(left.Source, right.Source);
        if (bySource != 0) return bySource;
        var byKind = left.Line.Kind.CompareTo(right.Line.Kind);
        return byKind != 0 ? byKind : left.Line.PriceFactor.CompareTo(right.Line.PriceFactor);
    }
}
