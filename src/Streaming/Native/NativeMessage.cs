using System.Runtime.InteropServices;

namespace Kafka.Stock.Streaming;

/// <summary>rd_kafka_message_t: what a delivery report points to.</summary>
[StructLayout(LayoutKind.Sequential)]
unsafe struct NativeMessage
{
    public int Error;
    public nint Topic;
    public int Partition;
    public byte* Payload;
    public nuint PayloadSize;
    public byte* Key;
    public nuint KeySize;
    public long Offset;
    public nint Opaque;
}
