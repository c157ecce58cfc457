namespace Kafka.Stock.Streaming;

sealed class BenchState
{
    public long Count { get; set; }
}
