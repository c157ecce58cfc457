namespace Kafka.Stock.Lakehouse;

/// <summary>A connection.</summary>
sealed class DuckConnectionHandle(nint pointer) : DuckHandle(pointer)
{
    /// <inheritdoc/>
    protected override void Destroy(ref nint pointer) => DuckMethods.Disconnect(ref pointer);
}
