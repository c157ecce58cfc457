namespace Kafka.Stock.Lakehouse;

/// <summary>The statements of a text.</summary>
sealed class DuckScriptHandle(nint pointer) : DuckHandle(pointer)
{
    /// <inheritdoc/>
    protected override void Destroy(ref nint pointer) => DuckMethods.DestroyExtracted(ref pointer);
}
