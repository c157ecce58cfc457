namespace Kafka.Stock.Lakehouse;

/// <summary>An open database. Connections keep it alive inside DuckDB.</summary>
sealed class DuckDatabaseHandle(nint pointer) : DuckHandle(pointer)
{
    /// <inheritdoc/>
    protected override void Destroy(ref nint pointer) => DuckMethods.Close(ref pointer);
}
