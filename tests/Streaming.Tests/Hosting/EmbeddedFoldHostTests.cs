using Kafka.Stock.Contracts;

namespace Kafka.Stock.Streaming.Tests;

public sealed class EmbeddedFoldHostTests : FoldHostContract
{
    protected override TestBroker Start() => new EmbeddedTestBroker();

    [Fact]
    public async Task A_broker_that_goes_away_ends_an_idle_host_with_an_error_instead_of_a_hang()
    {
        using var broker = new EmbeddedTestBroker();
        var (input, output, dead) = broker.EchoTopics(2);
        broker.PublishTicks(input, SampleTicks.Of(100));
        var kafka = broker.Options with { UnreachableLimitMs = 500, RequestTimeoutMs = 500 };
        await using var running = new RunningHost(broker, input, output, dead, kafka: kafka);
        await running.CaughtUpAsync();
        broker.Broker.Dispose();
        var error = await Assert.ThrowsAsync<StreamException>(() => running.Ended);
        Assert.Contains(broker.Options.BootstrapServers, error.Where, StringComparison.Ordinal);
        Assert.Contains("is the broker up", error.Expected, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_broker_that_takes_no_outputs_any_more_ends_the_host_and_nothing_unsafe_is_committed()
    {
        using var broker = new EmbeddedTestBroker();
        var (input, output, dead) = broker.EchoTopics(1);
        broker.PublishTicks(input, SampleTicks.Of(50));
        const short Produce = 0;
        const int TopicAuthorizationFailed = 29;
        broker.Broker.FailNext(Produce, TopicAuthorizationFailed, TopicAuthorizationFailed);
        await using (var running = new RunningHost(broker, input, output, dead))
        {
            var error = await Assert.ThrowsAsync<StreamException>(() => running.Ended);
            Assert.Equal(Verdict.Stop, error.Verdict);
            Assert.Equal(output + "[0]", error.Where);
            Assert.Equal(0, running.Host.Positions[0].Committed);
        }

        broker.Broker.ClearErrors(Produce);
        await using var again = new RunningHost(broker, input, output, dead);
        await again.CaughtUpAsync();
        await again.StopAsync();
        var sequences = broker.ReadTicks(output)["S0"].Select(tick => tick.Sequence).ToHashSet();
        Assert.True(sequences.IsSupersetOf(Enumerable.Range(1, 10).Select(i => (long)i)));
    }

    [Fact]
    public async Task A_broker_that_is_down_for_a_while_loses_nothing()
    {
        using var broker = new EmbeddedTestBroker();
        var (input, output, dead) = broker.EchoTopics(1);
        broker.PublishTicks(input, SampleTicks.Of(100));
        await using var running = new RunningHost(broker, input, output, dead);
        await running.CaughtUpAsync();
        broker.Broker.GoDown();
        Assert.True(SpinWait.SpinUntil(() => running.Events.All.Any(what => what.Id == 2006), TimeSpan.FromSeconds(60)));
        broker.Broker.ComeBack();
        broker.PublishTicks(input, SampleTicks.Of(100, from: 100));
        await running.CaughtUpAsync();
        await running.StopAsync();
        var expected = Enumerable.Range(1, 40).Select(i => (long)i);
        foreach (var (_, ticks) in broker.ReadTicks(output)) Assert.Equal(expected, ticks.Select(tick => tick.Sequence));
    }

    [Fact]
    public async Task A_log_that_has_lost_its_start_is_refused_with_the_way_out()
    {
        using var broker = new EmbeddedTestBroker();
        var (input, output, dead) = broker.EchoTopics(1);
        broker.PublishTicks(input, SampleTicks.Of(10));
        await using (var running = new RunningHost(broker, input, output, dead))
        {
            await running.CaughtUpAsync();
            await running.StopAsync();
        }

        PublishBallast(broker, input, EmbeddedBroker.PartitionBytes * 2);
        await using var again = new RunningHost(broker, input, output, dead);
        var error = await Assert.ThrowsAsync<StreamException>(() => again.Ended);
        Assert.Equal($"{input}[0]@10", error.Where);
        Assert.Contains("delete the offsets of the group", error.Expected, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_a_gate_ten_times_what_the_broker_keeps_goes_through_without_a_loss()
    {
        using var broker = new EmbeddedTestBroker();
        var (input, output, dead) = broker.EchoTopics(1);
        var gate = new FlowGate();
        await using var running = new RunningHost(broker, input, output, dead, new FoldHostOptions { Gate = gate });
        await running.CaughtUpAsync();
        long most = 0;
        using (var publisher = new RecordPublisher(broker.Options with { Properties = NoCompression }, new FoldCounters("test"), gate))
        {
            var target = new Topic(input, "symbol", [], TopicCleanup.Days(1), "test");
            for (var i = 0; i < Ballast.Count * 10; i++)
            {
                publisher.PublishRaw(target, "K"u8.ToArray(), Ballast.Value, []);
                most = Math.Max(most, gate.OutstandingBytes(input));
            }

            publisher.Flush();
        }

        await running.CaughtUpAsync();
        await running.StopAsync();
        Assert.Equal(Ballast.Count * 10, running.Host.Counters.Consumed);
        Assert.InRange(most, 1, FlowGate.DefaultBoundBytes);
        Assert.Equal(0, gate.OutstandingBytes(input));
    }

    static Dictionary<string, string> NoCompression => new(StringComparer.Ordinal) { ["compression.type"] = "none" };

    /// <summary>As many records as a partition holds; no frame begins with a 7, so each is a dead letter.</summary>
    static (int Count, byte[] Value) Ballast { get; } = (EmbeddedBroker.PartitionBytes / 20_000, [7, .. new byte[20_000]]);

    static void PublishBallast(TestBroker broker, string topic, int bytes)
    {
        using var publisher = new RecordPublisher(broker.Options with { Properties = NoCompression }, new FoldCounters("test"));
        var target = new Topic(topic, "symbol", [], TopicCleanup.Days(1), "test");
        for (var sent = 0; sent < bytes; sent += Ballast.Value.Length) publisher.PublishRaw(target, "K"u8.ToArray(), Ballast.Value, []);
        publisher.Flush();
    }
}
