namespace Kafka.Stock.Streaming.Tests;

public sealed class EmbeddedFoldHostTests : FoldHostContract
{
    protected override TestBroker Start() => new EmbeddedTestBroker();
}
