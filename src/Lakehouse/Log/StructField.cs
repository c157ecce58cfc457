namespace Kafka.Stock.Lakehouse;

/// <summary>A field of a struct, or a column of a table.</summary>
/// <param name="Name">As written; two names that differ only in case can't stand side by side.</param>
/// <param name="Type">Its type.</param>
/// <param name="IsNullable">Whether it may be null.</param>
public sealed record StructField(string Name, DeltaType Type, bool IsNullable = true)
{
    /// <summary>The field's metadata, a JSON object as it was written: comments, invariants, what other writers keep there.</summary>
    public string MetadataJson { get; init; } = "{}";

    /// <summary>The SQL expression that every value must satisfy (<c>delta.invariants</c>), as JSON; null where there is none.</summary>
    public string? Invariant { get; init; }
}
