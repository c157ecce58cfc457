namespace Kafka.Stock.Lakehouse;

/// <summary>Values by key; a key is never null.</summary>
/// <param name="Key">Type of the keys.</param>
/// <param name="Value">Type of the values.</param>
/// <param name="ValueContainsNull">Whether a value may be null.</param>
public sealed record MapType(DeltaType Key, DeltaType Value, bool ValueContainsNull) : DeltaType
{
    /// <inheritdoc/>
    public override string ToString() => $"map<{Key},{Value}>";
}
