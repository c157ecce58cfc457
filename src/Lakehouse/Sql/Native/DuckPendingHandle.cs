namespace Kafka.Stock.Lakehouse;

/// <summary>A statement that is about to run.</summary>
sealed class DuckPendingHandle(nint pointer) : DuckHandle(pointer)
{
    /// <inheritdoc/>
    protected override void Destroy(ref nint pointer) => DuckMethods.DestroyPending(ref pointer);
}
