namespace Kafka.Stock.Lakehouse;

/// <summary>A bulk load into a table.</summary>
sealed class DuckAppenderHandle(nint pointer) : DuckHandle(pointer)
{
    /// <inheritdoc/>
    protected override void Destroy(ref nint pointer) => _ = DuckMethods.DestroyAppender(ref pointer);
}
