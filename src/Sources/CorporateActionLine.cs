using Kafka.Stock.Contracts;

namespace Kafka.Stock.Sources;

/// <summary>What one line of <c>corporate-actions.csv</c> says; the session open of its day is the calendar's to tell.</summary>
/// <param name="Day">First trading day at the new price.</param>
/// <param name="Symbol">In upper case.</param>
/// <param name="Kind">What happened.</param>
/// <param name="PriceFactor">Earlier prices times this are comparable with later ones.</param>
/// <param name="VolumeFactor">The same for volumes.</param>
public readonly record struct CorporateActionLine(
    DateOnly Day, string Symbol, CorporateActionKind Kind, double PriceFactor, double VolumeFactor);
