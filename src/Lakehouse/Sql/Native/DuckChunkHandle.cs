namespace Kafka.Stock.Lakehouse;

/// <summary>Up to 2,048 rows.</summary>
sealed class DuckChunkHandle(nint pointer) : DuckHandle(pointer)
{
    /// <inheritdoc/>
    protected override void Destroy(ref nint pointer) => DuckMethods.DestroyChunk(ref pointer);
}
