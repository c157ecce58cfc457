using System.Collections.Immutable;

namespace Kafka.Stock.Lakehouse;

/// <summary>What a vacuum deleted, or would delete.</summary>
/// <param name="Deleted">Objects in order of key.</param>
/// <param name="IsDryRun">Nothing was deleted.</param>
public sealed record VacuumReport(ImmutableArray<ObjectEntry> Deleted, bool IsDryRun)
{
    /// <summary>Bytes of all of them.</summary>
    public long SizeBytes => Deleted.Sum(entry => entry.Length);
}
