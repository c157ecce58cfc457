using Kafka.Stock.Contracts;

namespace Kafka.Stock.BatchJob;

/// <summary>A promotion without its weights.</summary>
/// <param name="Series">Whose champion the model became.</param>
/// <param name="ModelId">SHA-256 of its artefact.</param>
/// <param name="TrainedUntilUs">End of the last target that it has learnt from.</param>
/// <param name="EffectiveFromUs">From which bar end on it applies.</param>
/// <param name="Initial">True for a model from before the stream.</param>
/// <param name="Decision">The numbers on which it was promoted, as JSON.</param>
public sealed record PromotionNote(
    SeriesId Series, string ModelId, long TrainedUntilUs, long EffectiveFromUs, bool Initial, string Decision)
{
    internal static PromotionNote Of(ModelPromotion promotion) => new(
        promotion.Series, promotion.ModelId, promotion.TrainedUntilUs, promotion.EffectiveFromUs, promotion.Initial, promotion.Decision);
}
