using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Kafka.Stock.Lakehouse;

/// <summary>Memory of a <c>duckdb_result</c>, and what hangs on it.</summary>
sealed unsafe class DuckResultHandle() : DuckHandle((nint)NativeMemory.AllocZeroed((nuint)sizeof(DuckResultData)))
{
    /// <summary>A copy of the struct, for the functions that take it by value.</summary>
    public DuckResultData Data => Unsafe.Read<DuckResultData>((void*)handle);

    /// <inheritdoc/>
    protected override void Destroy(ref nint pointer)
    {
        DuckMethods.DestroyResult(pointer);
        NativeMemory.Free((void*)pointer);
    }
}
