using Kafka.Stock.Contracts;

namespace Kafka.Stock.BatchJob;

/// <summary>A model as a store keeps it.</summary>
/// <param name="Series">Series that it was trained for.</param>
/// <param name="ModelId">SHA-256 of <paramref name="Artefact"/>, lower-case hex.</param>
/// <param name="TrainedUntilUs">End of the last target that it has learnt from, microseconds since 1970 UTC.</param>
/// <param name="Fingerprint">Fingerprint of the pipeline of its features.</param>
/// <param name="Artefact">The frozen model.</param>
/// <param name="HybridArtefact">The same after its online steps; empty where there were none.</param>
public sealed record StoredModel(
    SeriesId Series, string ModelId, long TrainedUntilUs, long Fingerprint, ReadOnlyMemory<byte> Artefact,
    ReadOnlyMemory<byte> HybridArtefact);
