using Kafka.Stock.Contracts;

namespace Kafka.Stock.BatchJob;

/// <summary>A model that might replace the champion of its series.</summary>
sealed record Candidate
{
    public required SeriesId Series { get; init; }

    /// <summary>Fingerprint of the pipeline of its features.</summary>
    public required long Fingerprint { get; init; }

    /// <summary>Rows that it was trained on.</summary>
    public required int Rows { get; init; }

    /// <summary>End of the last target that it has learnt from, microseconds since 1970 UTC.</summary>
    public required long TrainedUntilUs { get; init; }

    /// <summary>The model, frozen: a safetensors file.</summary>
    public byte[] Artefact { get; init; } = [];

    /// <summary>The model after its online steps through the held-back rows; empty where nothing was held back.</summary>
    public byte[] HybridArtefact { get; init; } = [];

    /// <summary>SHA-256 of <see cref="Artefact"/>, lower-case hex.</summary>
    public string ModelId { get; init; } = "";

    /// <summary>Held-back rows beside the champion, oldest first.</summary>
    public IReadOnlyList<PairedRow> Pairs { get; init; } = [];

    /// <summary>Why it may not be used, whatever the test says; null where it may.</summary>
    public string? Fault { get; init; }
}
