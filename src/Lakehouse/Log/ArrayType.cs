namespace Kafka.Stock.Lakehouse;

/// <summary>A list of values of one type.</summary>
/// <param name="Element">Type of each.</param>
/// <param name="ContainsNull">Whether an element may be null.</param>
public sealed record ArrayType(DeltaType Element, bool ContainsNull) : DeltaType
{
    /// <inheritdoc/>
    public override string ToString() => $"array<{Element}>";
}
