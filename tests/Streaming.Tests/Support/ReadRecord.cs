namespace Kafka.Stock.Streaming.Tests;

public sealed record ReadRecord(
    int Partition, long Offset, string? Schema, byte[] Key, byte[] Value, IReadOnlyList<KeyValuePair<string, string>> Headers)
{
    public string Header(string name) => Headers.Single(header => header.Key == name).Value;
}
