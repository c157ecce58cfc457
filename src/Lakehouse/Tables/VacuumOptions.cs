namespace Kafka.Stock.Lakehouse;

/// <summary>How <see cref="DeltaTable.VacuumAsync"/> works.</summary>
public sealed record VacuumOptions
{
    /// <summary>Only say what would be deleted.</summary>
    public bool IsDryRun { get; init; }
}
