namespace Kafka.Stock.Lakehouse;

/// <summary>Settings in a table's metadata that count here.</summary>
static class TableProperties
{
    /// <summary>Rows may be added and never changed or taken away.</summary>
    public const string AppendOnly = "delta.appendOnly";

    /// <summary>Commit times stand in the log itself.</summary>
    public const string InCommitTimestamps = "delta.enableInCommitTimestamps";

    /// <summary>True where <see cref="AppendOnly"/> is set.</summary>
    public static bool IsAppendOnly(MetadataAction metadata) => IsTrue(metadata, AppendOnly);

    /// <summary>True where <see cref="InCommitTimestamps"/> is set.</summary>
    public static bool HasInCommitTimestamps(MetadataAction metadata) => IsTrue(metadata, InCommitTimestamps);

    static bool IsTrue(MetadataAction metadata, string name) =>
        metadata.Configuration.TryGetValue(name, out var value) && value.Equals("true", StringComparison.OrdinalIgnoreCase);
}
