using Kafka.Stock.Contracts;

namespace Kafka.Stock.Streaming.Tests;

public sealed class EmbeddedBrokerTests
{
    [Fact]
    public void Has_every_topic_of_the_table_with_the_given_partitions()
    {
        using var broker = EmbeddedBroker.Start(7);
        Assert.StartsWith("127.0.0.1:", broker.BootstrapServers, StringComparison.Ordinal);
        Assert.Equal(StockTopics.All.Select(topic => topic.Name).Order(StringComparer.Ordinal), broker.Topics.Keys);
        Assert.All(broker.Topics.Values, partitions => Assert.Equal(7, partitions));
    }

    [Fact]
    public void A_topic_twice_is_fine_and_with_another_count_refused()
    {
        using var broker = EmbeddedBroker.StartEmpty();
        broker.CreateTopic("t", 2);
        broker.CreateTopic("t", 2);
        var error = Assert.Throws<ConfigurationException>(() => broker.CreateTopic("t", 3));
        Assert.Equal("2 partitions", error.Found);
        Assert.Throws<ArgumentOutOfRangeException>(() => broker.CreateTopic("u", 0));
    }

    [Fact]
    public void Two_live_side_by_side_and_one_that_is_closed_refuses()
    {
        using var first = EmbeddedBroker.StartEmpty();
        using var second = EmbeddedBroker.StartEmpty();
        Assert.NotEqual(first.BootstrapServers, second.BootstrapServers);
        first.Dispose();
        Assert.Throws<ObjectDisposedException>(() => first.CreateTopic("t", 1));
        second.CreateTopic("t", 1);
    }
}
