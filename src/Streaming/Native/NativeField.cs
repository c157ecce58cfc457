using System.Runtime.InteropServices;

namespace Kafka.Stock.Streaming;

/// <summary>rd_kafka_vu_t: one field of a message that is produced by fields (a type and a union of 64 bytes).</summary>
[StructLayout(LayoutKind.Explicit, Size = 72)]
struct NativeField
{
    public const int TypeTopic = 2;
    public const int TypePartition = 3;
    public const int TypeValue = 4;
    public const int TypeKey = 5;
    public const int TypeFlags = 7;
    public const int TypeHeaders = 10;

    [FieldOffset(0)] public int Type;
    [FieldOffset(8)] public nint Pointer;
    [FieldOffset(8)] public int Number;
    [FieldOffset(16)] public nuint Size;
}
