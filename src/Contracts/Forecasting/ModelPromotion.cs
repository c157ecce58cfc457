namespace Kafka.Stock.Contracts;

/// <summary>A model that takes over a series, weights inline: a record of the same partition as the micro-batches that it learns
/// from.</summary>
/// <param name="Series">Whose champion it becomes.</param>
/// <param name="ModelId">SHA-256 of <paramref name="Artefact"/>, lower-case hex.</param>
/// <param name="TrainedUntilUs">End of the last target that it has learnt from, microseconds since 1970 UTC.</param>
/// <param name="EffectiveFromUs">Applied at the first micro-batch whose bar ends at or after this.</param>
/// <param name="Fingerprint">Fingerprint of the feature pipeline that it was trained on.</param>
/// <param name="Artefact">Safetensors file with weights, moments, preprocessor: the frozen champion.</param>
/// <param name="HybridArtefact">The same after its online steps through the held-back rows; empty when there were none.</param>
/// <param name="Decision">The numbers on which it was promoted, as JSON.</param>
/// <param name="Initial">True for a model from before the stream: the online strategy starts from it, too.</param>
public sealed record ModelPromotion(
    SeriesId Series, string ModelId, long TrainedUntilUs, long EffectiveFromUs, long Fingerprint,
    ReadOnlyMemory<byte> Artefact, ReadOnlyMemory<byte> HybridArtefact, string Decision,
    bool Initial = false)
    : IAvroRecord<ModelPromotion>
{
    /// <inheritdoc/>
    public static string SchemaName => "kafka.stock.ModelPromotion";

    /// <inheritdoc/>
    public static void Write(in ModelPromotion value, ref AvroWriter writer)
    {
        writer.WriteSeries(value.Series);
        writer.WriteSha256(value.ModelId);
        writer.WriteLong(value.TrainedUntilUs);
        writer.WriteLong(value.EffectiveFromUs);
        writer.WriteLong(value.Fingerprint);
        writer.WriteBytes(value.Artefact.Span);
        writer.WriteBytes(value.HybridArtefact.Span);
        writer.WriteString(value.Decision);
        writer.WriteBoolean(value.Initial);
    }

    /// <inheritdoc/>
    public static void Read(ref AvroReader reader, NamePool names, ref ModelPromotion? value) =>
        value = new ModelPromotion(
            reader.ReadSeries(names),
            reader.ReadSha256(""),
            reader.ReadLong(),
            reader.ReadLong(),
            reader.ReadLong(),
            reader.ReadBytes().ToArray(),
            reader.ReadBytes().ToArray(),
            reader.ReadString(),
            reader.ReadBoolean());
}
