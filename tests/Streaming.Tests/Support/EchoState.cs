namespace Kafka.Stock.Streaming.Tests;

public sealed class EchoState
{
    public long Count { get; set; }

    public long Sum { get; set; }

    public long LastSequence { get; set; }
}
