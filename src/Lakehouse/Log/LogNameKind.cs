namespace Kafka.Stock.Lakehouse;

/// <summary>What a file in <c>_delta_log</c> is.</summary>
enum LogNameKind
{
    /// <summary>None of ours: checksums of other writers, temporary files, folders.</summary>
    Stranger,

    /// <summary>Actions of one version.</summary>
    Commit,

    /// <summary>The state at a version, or a part of it.</summary>
    Checkpoint,

    /// <summary>A checkpoint of the feature v2Checkpoint.</summary>
    UuidCheckpoint,
}
