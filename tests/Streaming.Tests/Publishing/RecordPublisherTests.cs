using Kafka.Stock.Contracts;

namespace Kafka.Stock.Streaming.Tests;

public sealed class RecordPublisherTests
{
    static readonly Topic s_topic = new("t", "symbol", ["kafka.stock.Tick"], TopicCleanup.Days(1), "test");

    [Fact]
    public void A_record_is_framed_and_keyed_by_its_symbol()
    {
        using var broker = new EmbeddedTestBroker();
        broker.CreateTopic("t", 3);
        var tick = SampleTicks.Of(1).Single() with { Symbol = "ÄÖ.B" };
        broker.PublishTicks("t", [tick]);
        var record = Assert.Single(broker.ReadAll("t"));
        Assert.Equal("ÄÖ.B"u8.ToArray(), record.Key);
        Assert.Equal("kafka.stock.Tick", record.Schema);
        Assert.True(ConfluentFrame.TryRead(record.Value, out var id, out _));
        Assert.Equal(SchemaIds.Builtin.IdOf<Tick>(), id);
        Assert.Equal(tick, broker.ReadTicks("t")["ÄÖ.B"].Single());
    }

    [Fact]
    public void A_full_queue_makes_the_producer_wait_and_loses_nothing()
    {
        using var broker = new EmbeddedTestBroker();
        broker.CreateTopic("t", 1);
        var options = With(broker, "queue.buffering.max.messages", "50");
        using var publisher = new RecordPublisher(options, new FoldCounters("test"));
        foreach (var tick in SampleTicks.Of(2_000)) publisher.Publish(s_topic, tick.Symbol, tick);
        publisher.Flush();
        Assert.Equal(SampleTicks.Of(2_000).Where(tick => tick.Symbol == "S3"), broker.ReadTicks("t")["S3"]);
    }

    [Fact]
    public void A_record_larger_than_the_broker_takes_is_an_error_with_both_sizes()
    {
        using var broker = new EmbeddedTestBroker();
        broker.CreateTopic("t", 1);
        using var publisher = new RecordPublisher(With(broker, "message.max.bytes", "2000"), new FoldCounters("test"));
        var large = new RawPayload("S", "test", 1, "text/plain", new byte[5_000]);
        var error = Assert.Throws<StreamException>(() => publisher.Publish(s_topic, "S", large));
        Assert.Equal(Verdict.Stop, error.Verdict);
        Assert.Equal("topic t", error.Where);
        Assert.Contains("a record of 50", error.Found, StringComparison.Ordinal);
        Assert.Contains("2000", error.Expected, StringComparison.Ordinal);
    }

    [Fact]
    public void A_dead_letter_that_is_too_large_is_cut_and_says_so()
    {
        using var broker = new EmbeddedTestBroker();
        broker.CreateTopic("t", 1);
        using var publisher = new RecordPublisher(With(broker, "message.max.bytes", "20000"), new FoldCounters("test"));
        publisher.PublishRaw(s_topic, null, new byte[50_000], [new("role", "test")]);
        publisher.PublishRaw(s_topic, new byte[40_000], "v"u8.ToArray(), [new("role", "test")]);
        publisher.Flush();
        var letters = broker.ReadAll("t");
        Assert.Equal(["50000", null], letters.Select(letter => letter.Headers.SingleOrDefault(header => header.Key == "value.cut").Value));
        Assert.Equal("40000", letters[1].Header("key.cut"));
        Assert.InRange(letters[0].Value.Length, 10_000, 20_000);
    }

    [Fact]
    public void A_failed_delivery_shows_at_the_flush_and_at_every_later_call()
    {
        using var broker = new EmbeddedTestBroker();
        broker.CreateTopic("t", 1);
        using var publisher = broker.Publisher();
        const int TopicAuthorizationFailed = 29;
        broker.Broker.FailNext(0, TopicAuthorizationFailed);
        publisher.Publish(s_topic, "S", SampleTicks.Of(1).Single());
        var error = Assert.Throws<StreamException>(() => publisher.Flush());
        Assert.Equal("t[0]", error.Where);
        Assert.Contains("TopicAuthorizationFailed", error.Found, StringComparison.Ordinal);
        Assert.Throws<StreamException>(() => publisher.Publish(s_topic, "S", SampleTicks.Of(1).Single()));
    }

    [Fact]
    public void A_broker_that_is_away_is_an_error_at_the_flush_within_its_limit()
    {
        using var broker = new EmbeddedTestBroker();
        broker.CreateTopic("t", 1);
        using var publisher = new RecordPublisher(broker.Options with { UnreachableLimitMs = 300 }, new FoldCounters("test"));
        broker.Broker.GoDown();
        publisher.Publish(s_topic, "S", SampleTicks.Of(1).Single());
        var error = Assert.Throws<StreamException>(() => publisher.Flush());
        Assert.Equal(Verdict.Retry, error.Verdict);
    }

    [Fact]
    public void Publishing_allocates_nothing_once_the_buffers_have_grown()
    {
        using var broker = new EmbeddedTestBroker();
        broker.CreateTopic("t", 1);
        using var publisher = broker.Publisher();
        var ticks = SampleTicks.Of(2_000).ToArray();
        foreach (var tick in ticks) publisher.Publish(s_topic, tick.Symbol, tick);
        publisher.Flush();
        var before = GC.GetAllocatedBytesForCurrentThread();
        foreach (var tick in ticks) publisher.Publish(s_topic, tick.Symbol, tick);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void A_symbol_without_a_letter_is_a_bug_of_the_caller()
    {
        using var broker = new EmbeddedTestBroker();
        using var publisher = broker.Publisher();
        Assert.Throws<ArgumentException>(() => publisher.Publish(s_topic, "", SampleTicks.Of(1).Single()));
    }

    static KafkaOptions With(EmbeddedTestBroker broker, string name, string value) =>
        broker.Options with { Properties = new Dictionary<string, string>(StringComparer.Ordinal) { [name] = value } };
}
