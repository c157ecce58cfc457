using System.Runtime.InteropServices;

namespace Kafka.Stock.Lakehouse;

/// <summary>The <c>duckdb_result</c> of duckdb.h: 48 bytes, passed by value where chunks are fetched.</summary>
[StructLayout(LayoutKind.Sequential)]
struct DuckResultData
{
    public ulong DeprecatedColumnCount;
    public ulong DeprecatedRowCount;
    public ulong DeprecatedRowsChanged;
    public nint DeprecatedColumns;
    public nint DeprecatedError;
    public nint Internal;
}
