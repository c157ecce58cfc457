namespace Kafka.Stock.Lakehouse;

/// <summary>A column's type.</summary>
sealed class DuckTypeHandle(nint pointer) : DuckHandle(pointer)
{
    /// <inheritdoc/>
    protected override void Destroy(ref nint pointer) => DuckMethods.DestroyLogicalType(ref pointer);
}
