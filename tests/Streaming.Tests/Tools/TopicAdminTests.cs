using Kafka.Stock.Contracts;

namespace Kafka.Stock.Streaming.Tests;

public sealed class TopicAdminTests
{
    [Fact]
    public async Task The_embedded_broker_lists_the_table_and_makes_nothing_over_the_wire()
    {
        using var broker = EmbeddedBroker.Start(3);
        using var admin = new TopicAdmin(broker.Options);
        var found = admin.List();
        Assert.All(StockTopics.All, topic => Assert.Equal(3, found[topic.Name]));
        Assert.Empty(await admin.CreateAsync(StockTopics.All, 3));
        var error = await Assert.ThrowsAsync<ConfigurationException>(() => admin.CreateAsync(StockTopics.All, 4));
        Assert.Contains("stock.market.v1: found 3 partitions, expected 4", error.Found, StringComparison.Ordinal);
        var other = new Topic("other", "", [], TopicCleanup.Days(1), "");
        await Assert.ThrowsAsync<ConfigurationException>(() => admin.CreateAsync([other], 3));
        Assert.All(await admin.DescribeAsync([StockTopics.Market, other]), topic => Assert.Equal(topic.Topic != other, topic.Exists));
    }

    [Fact]
    public void A_mismatch_names_what_is_there_and_what_should_be()
    {
        var settings = new Dictionary<string, string>(TopicAdmin.SettingsOf(StockTopics.IngestPositions)) { ["cleanup.policy"] = "delete" };
        var faults = new TopicDescription(StockTopics.IngestPositions, 24, settings).Mismatches(24);
        Assert.Equal(["stock.ingest-positions.v1: found cleanup.policy=delete, expected compact"], faults);
        Assert.Equal("2592000000", TopicAdmin.SettingsOf(StockTopics.Market)["retention.ms"]);
        Assert.Equal("LogAppendTime", TopicAdmin.SettingsOf(StockTopics.Market)["message.timestamp.type"]);
    }

    [Fact]
    public void End_offsets_are_those_of_what_was_published()
    {
        using var broker = new EmbeddedTestBroker();
        broker.CreateTopic("t", 4);
        broker.PublishTicks("t", SampleTicks.Of(123, symbols: 17));
        using var admin = new TopicAdmin(broker.Options);
        Assert.Equal(123, admin.EndOffsets("t").Values.Sum());
    }

    [SkippableFact]
    public async Task A_real_broker_gets_its_topics_once_and_a_mismatch_is_refused()
    {
        using var broker = new RealTestBroker();
        using var admin = new TopicAdmin(broker.Options);
        Topic[] topics =
            [StockTopics.Market with { Name = broker.Prefix + "a" }, StockTopics.IngestPositions with { Name = broker.Prefix + "b" }];
        Assert.Equal(2, (await admin.CreateAsync(topics, 3)).Count);
        Assert.Empty(await admin.CreateAsync(topics, 3));
        await Assert.ThrowsAsync<ConfigurationException>(() => admin.CreateAsync(topics, 4));
        await Assert.ThrowsAsync<ConfigurationException>(() => admin.CreateAsync([topics[0] with { Cleanup = TopicCleanup.Compact }], 3));
    }
}
