namespace Kafka.Stock.Lakehouse;

/// <summary>A decimal number of fixed precision and scale.</summary>
/// <param name="Precision">Digits in all, 1 to 38.</param>
/// <param name="Scale">Digits behind the point, 0 to <paramref name="Precision"/>.</param>
public sealed record DecimalType(int Precision, int Scale) : DeltaType
{
    /// <inheritdoc/>
    public override string ToString() => $"decimal({Precision},{Scale})";
}
