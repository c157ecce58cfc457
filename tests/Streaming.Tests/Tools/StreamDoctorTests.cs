using Kafka.Stock.Contracts;

namespace Kafka.Stock.Streaming.Tests;

public sealed class StreamDoctorTests
{
    [Fact]
    public void Says_what_works_and_how_to_mend_what_does_not()
    {
        using var broker = EmbeddedBroker.Start(1);
        var good = StreamDoctor.Check(broker.Options, StockTopics.All);
        Assert.All(good, finding => Assert.True(finding.IsGood, finding.ToString()));
        Assert.StartsWith("2.15.1 (", good[0].Found, StringComparison.Ordinal);

        var missing = StreamDoctor.Check(broker.Options, [new Topic("other", "", [], TopicCleanup.Days(1), "")])[^1];
        Assert.False(missing.IsGood);
        Assert.Equal("kstock topics create", missing.Mend);

        var away = StreamDoctor.Check(new KafkaOptions { BootstrapServers = "127.0.0.1:1", RequestTimeoutMs = 300 })[^1];
        Assert.False(away.IsGood);
        Assert.NotEmpty(away.Mend);
    }
}
