namespace Kafka.Stock.Lakehouse;

/// <summary>A prepared statement.</summary>
sealed class DuckStatementHandle(nint pointer) : DuckHandle(pointer)
{
    /// <inheritdoc/>
    protected override void Destroy(ref nint pointer) => DuckMethods.DestroyPrepare(ref pointer);
}
