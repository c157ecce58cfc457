using System.Runtime.InteropServices;

namespace Kafka.Stock.Lakehouse;

/// <summary>A pointer of DuckDB's that has to be given back. They are counted, so that a test sees one that leaks.</summary>
abstract class DuckHandle : SafeHandle
{
    static long s_openCount;

    protected DuckHandle(nint pointer) : base(0, ownsHandle: true)
    {
        SetHandle(pointer);
        if (pointer != 0) Interlocked.Increment(ref s_openCount);
    }

    /// <summary>Handles of all kinds that are open in this process.</summary>
    public static long OpenCount => Interlocked.Read(ref s_openCount);

    /// <inheritdoc/>
    public override bool IsInvalid => handle == 0;

    /// <inheritdoc/>
    protected sealed override bool ReleaseHandle()
    {
        Destroy(ref handle);
        Interlocked.Decrement(ref s_openCount);
        return true;
    }

    /// <summary>Gives the pointer back.</summary>
    protected abstract void Destroy(ref nint pointer);
}
