namespace Kafka.Stock.Streaming.Tests;

public sealed class RealFoldHostTests : FoldHostContract
{
    protected override TestBroker Start() => new RealTestBroker();
}
