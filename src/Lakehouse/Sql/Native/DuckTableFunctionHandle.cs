namespace Kafka.Stock.Lakehouse;

/// <summary>A duckdb_table_function.</summary>
sealed class DuckTableFunctionHandle(nint pointer) : DuckHandle(pointer)
{
    /// <inheritdoc/>
    protected override void Destroy(ref nint pointer) => DuckMethods.DestroyTableFunction(ref pointer);
}
