using Kafka.Stock.Contracts;
using Kafka.Stock.Learning;

namespace Kafka.Stock.Trainer;

/// <summary>A promotion whose artefacts have been read and checked.</summary>
/// <param name="Record">As it lay in the log.</param>
/// <param name="Frozen">The champion.</param>
/// <param name="Stepped">The champion after its held-back rows; the same as <paramref name="Frozen"/> where there were none.</param>
public sealed record PromotedModel(ModelPromotion Record, ModelArtefact Frozen, ModelArtefact Stepped)
{
    /// <summary>Reads and checks the artefacts of a promotion.</summary>
    /// <param name="record">The promotion.</param>
    /// <param name="options">What the network must look like, and what its features are called.</param>
    /// <param name="where">Where it lies, for errors.</param>
    /// <exception cref="RecordDefectException">An artefact is damaged, of another id, of another fingerprint or shape, or holds a number
    /// that isn't finite.</exception>
    public static PromotedModel Read(ModelPromotion record, TrainerOptions options, string where)
    {
        var id = ModelArtefact.IdOf(record.Artefact.Span);
        if (id != record.ModelId)
            throw new RecordDefectException(where, $"an artefact with id {id}", $"{record.ModelId}, as the promotion says");
        var frozen = Artefact(record.Artefact, options, where);
        var stepped = record.HybridArtefact.IsEmpty ? frozen : Artefact(record.HybridArtefact, options, where);
        return new PromotedModel(record, frozen, stepped);
    }

    static ModelArtefact Artefact(ReadOnlyMemory<byte> bytes, TrainerOptions options, string where)
    {
        try
        {
            var artefact = ModelArtefact.FromBytes(bytes.Span, options.Pipeline);
            return artefact.Shape.Hidden == options.HiddenUnits
                ? artefact
                : throw new RecordDefectException(where, $"a network of {artefact.Shape}", $"{options.HiddenUnits} hidden units");
        }
        catch (StateFormatException defect)
        {
            throw new RecordDefectException(where, defect.Message, "a model trained for this pipeline and these options", defect);
        }
    }
}
