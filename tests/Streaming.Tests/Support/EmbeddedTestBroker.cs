namespace Kafka.Stock.Streaming.Tests;

public sealed class EmbeddedTestBroker : TestBroker
{
    readonly EmbeddedBroker _broker = EmbeddedBroker.StartEmpty();

    public override KafkaOptions Options => _broker.Options;

    internal EmbeddedBroker Broker => _broker;

    public override void CreateTopic(string name, int partitions) => _broker.CreateTopic(name, partitions);

    public override void Dispose()
    {
        _broker.Dispose();
        base.Dispose();
    }
}
