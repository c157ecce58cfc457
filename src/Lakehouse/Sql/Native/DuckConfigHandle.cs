namespace Kafka.Stock.Lakehouse;

/// <summary>Settings before a database is opened.</summary>
sealed class DuckConfigHandle(nint pointer) : DuckHandle(pointer)
{
    /// <inheritdoc/>
    protected override void Destroy(ref nint pointer) => DuckMethods.DestroyConfig(ref pointer);
}
