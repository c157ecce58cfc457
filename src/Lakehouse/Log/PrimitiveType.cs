namespace Kafka.Stock.Lakehouse;

/// <summary>A type without parameters; those of reader version 1 are the static members of <see cref="DeltaType"/>.</summary>
/// <param name="Name">As the schema writes it, such as <c>long</c>.</param>
public sealed record PrimitiveType(string Name) : DeltaType
{
    /// <inheritdoc/>
    public override string ToString() => Name;
}
