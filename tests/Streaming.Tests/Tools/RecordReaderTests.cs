using Kafka.Stock.Contracts;

namespace Kafka.Stock.Streaming.Tests;

public sealed class RecordReaderTests
{
    [Fact]
    public async Task From_the_end_only_what_comes_is_read_until_the_handler_says_enough()
    {
        using var broker = new EmbeddedTestBroker();
        broker.CreateTopic("t", 3);
        broker.PublishTicks("t", SampleTicks.Of(30));
        var found = new List<long>();
        var names = new NamePool();
        var reader = new RecordReader(broker.Options, "t", new RecordReaderOptions { FromEnd = true, Follow = true });
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        using var started = new ManualResetEventSlim();
        var read = reader.ReadAsync(Take, limit.Token);
        // The end is found when the reader starts, so records are sent until one has arrived.
        for (var i = 30; !started.IsSet && !limit.IsCancellationRequested; i++) broker.PublishTicks("t", SampleTicks.Of(1, from: i));
        await read;
        Assert.True(Assert.Single(found) >= 30);

        bool Take(in TopicRecord record)
        {
            var tick = default(Tick);
            AvroBody.Read(record.Body, names, ref tick);
            found.Add(tick.EventTimeUs / 1_000_000);
            started.Set();
            return false;
        }
    }

    [Fact]
    public void An_empty_topic_ends_at_once_and_a_missing_one_is_an_error()
    {
        using var broker = new EmbeddedTestBroker();
        broker.CreateTopic("t", 5);
        Assert.Empty(broker.ReadAll("t"));
        Assert.Throws<StreamException>(() => broker.ReadAll("nowhere"));
    }

    [Fact]
    public async Task A_cancelled_reader_ends_without_an_error()
    {
        using var broker = new EmbeddedTestBroker();
        broker.CreateTopic("t", 1);
        using var stop = new CancellationTokenSource();
        var reader = new RecordReader(broker.Options, "t", new RecordReaderOptions { Follow = true });
        var read = reader.ReadAsync((in TopicRecord _) => true, stop.Token);
        await stop.CancelAsync();
        await read.WaitAsync(TimeSpan.FromSeconds(60));
    }

    [Fact]
    public void A_value_without_a_frame_is_shown_as_it_is()
    {
        using var broker = new EmbeddedTestBroker();
        broker.CreateTopic("t", 1);
        using (var publisher = broker.Publisher())
        {
            var topic = new Topic("t", "", [], TopicCleanup.Days(1), "");
            publisher.PublishRaw(topic, null, "plain"u8.ToArray(), [new("a", "1"), new("a", "2")]);
            publisher.Flush();
        }

        var record = Assert.Single(broker.ReadAll("t"));
        Assert.Null(record.Schema);
        Assert.Equal("plain"u8.ToArray(), record.Value);
        Assert.Equal(["1", "2"], record.Headers.Select(header => header.Value));
    }
}
