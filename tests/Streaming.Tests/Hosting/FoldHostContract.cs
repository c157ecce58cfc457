using Kafka.Stock.Contracts;

namespace Kafka.Stock.Streaming.Tests;

/// <summary>What a hosted fold owes on every broker. Each kind of broker has one sealed subclass.</summary>
public abstract class FoldHostContract
{
    protected abstract TestBroker Start();

    [SkippableTheory]
    [InlineData(1, 1)]
    [InlineData(7, 1)]
    [InlineData(24, 3)]
    public async Task Every_record_comes_out_once_in_order_by_key_whatever_the_partitions(int partitions, int threads)
    {
        const int Count = 3_000;
        using var broker = Start();
        var (input, output, dead) = broker.EchoTopics(partitions);
        broker.PublishTicks(input, SampleTicks.Of(Count));
        await using var running = new RunningHost(broker, input, output, dead, new FoldHostOptions { Threads = threads });
        await running.CaughtUpAsync();
        await running.StopAsync();

        var expected = SampleTicks.Of(Count).GroupBy(tick => tick.Symbol).ToDictionary(group => group.Key, group => group.ToList());
        var found = broker.ReadTicks(output);
        Assert.Equal(expected.Keys.Order(StringComparer.Ordinal), found.Keys);
        foreach (var (symbol, ticks) in found) Assert.Equal(expected[symbol], ticks);
        Assert.Equal(Count, running.Host.Counters.Consumed);
        Assert.Equal(Count, running.Host.Counters.Published);
        Assert.Equal(Count, running.Host.Positions.Sum(position => position.Committed));
    }

    [SkippableFact]
    public async Task A_missing_market_reference_is_warned_of_once_and_counted_each_time()
    {
        using var broker = Start();
        var (input, output, dead) = broker.EchoTopics(3);
        var ticks = SampleTicks.Of(30).ToArray();
        for (var i = 10; i < 20; i++) ticks[i] = ticks[i] with { Size = EchoFold.LonelySize };
        broker.PublishTicks(input, ticks);
        await using var running = new RunningHost(broker, input, output, dead);
        await running.CaughtUpAsync();
        await running.StopAsync();

        var warning = Assert.Single(running.Events.All, what => what.Id == 2009);
        Assert.Equal(StreamEventLevel.Warning, warning.Level);
        Assert.Contains("market reference", warning.Message, StringComparison.Ordinal);
        Assert.Equal(10, running.Host.Counters.EventsOf(FoldEvent.NoReference));
    }

    [SkippableFact]
    public async Task A_defective_record_becomes_a_dead_letter_and_the_stream_goes_on()
    {
        using var broker = Start();
        var (input, output, dead) = broker.EchoTopics(1);
        var ticks = SampleTicks.Of(30, symbols: 1).ToArray();
        ticks[10] = ticks[10] with { Size = EchoFold.DefectiveSize };
        broker.PublishTicks(input, ticks);
        await using var running = new RunningHost(broker, input, output, dead);
        await running.CaughtUpAsync();
        await running.StopAsync();

        Assert.Equal(29, broker.ReadTicks(output)["S0"].Count);
        var letter = Assert.Single(broker.ReadAll(dead.Name));
        Assert.Equal("size", letter.Header(DeadLetterHeaders.ErrorWhere));
        Assert.Equal("666", letter.Header(DeadLetterHeaders.ErrorFound));
        Assert.Equal("a size that an echo likes", letter.Header(DeadLetterHeaders.ErrorExpected));
        Assert.Equal(input, letter.Header(DeadLetterHeaders.SourceTopic));
        Assert.Equal("0", letter.Header(DeadLetterHeaders.SourcePartition));
        Assert.Equal("10", letter.Header(DeadLetterHeaders.SourceOffset));
        Assert.Equal("echo-" + input, letter.Header(DeadLetterHeaders.Role));
        Assert.Equal(broker.ReadAll(input)[10].Value, letter.Value);
        Assert.Equal("S0"u8.ToArray(), letter.Key);
        Assert.Equal(1, running.Host.Counters.DeadLetters);
        Assert.Contains(running.Events.All, what => what.Id == 2004);
    }

    [SkippableFact]
    public async Task Bytes_that_are_no_frame_become_dead_letters_as_they_came()
    {
        byte[][] values = [[], [0, 0, 0], [7, 0, 0, 0, 1, 2, 3], [0, 0, 0, 0, 1]];
        using var broker = Start();
        var (input, output, dead) = broker.EchoTopics(1);
        var target = new Topic(input, "symbol", [], TopicCleanup.Days(1), "test");
        using (var publisher = broker.Publisher())
        {
            publisher.PublishRaw(target, "K"u8.ToArray(), null, []);
            foreach (var value in values) publisher.PublishRaw(target, "K"u8.ToArray(), value, []);
            publisher.Flush();
        }

        broker.PublishTicks(input, SampleTicks.Of(1));
        await using var running = new RunningHost(broker, input, output, dead);
        await running.CaughtUpAsync();
        await running.StopAsync();

        var letters = broker.ReadAll(dead.Name);
        Assert.Equal(values.Prepend([]), letters.Select(letter => letter.Value));
        Assert.Equal(["value", "frame", "frame", "frame"], letters.Take(4).Select(letter => letter.Header(DeadLetterHeaders.ErrorWhere)));
        Assert.Single(broker.ReadAll(output));
    }

    [SkippableFact]
    public async Task A_key_in_another_partition_than_its_own_becomes_a_dead_letter()
    {
        using var broker = Start();
        var (input, output, dead) = broker.EchoTopics(2);
        broker.PublishTicks(input, SampleTicks.Of(1));
        var record = broker.ReadAll(input).Single();
        using (var publisher = broker.Publisher())
        {
            publisher.Send(input, 1 - record.Partition, record.Key, record.Value);
            publisher.Flush();
        }

        await using var running = new RunningHost(broker, input, output, dead);
        await running.CaughtUpAsync();
        await running.StopAsync();
        Assert.Single(broker.ReadAll(output));
        Assert.Equal($"partition {1 - record.Partition}", Assert.Single(broker.ReadAll(dead.Name)).Header(DeadLetterHeaders.ErrorFound));
    }

    [SkippableFact]
    public async Task A_step_that_throws_ends_the_task_and_names_the_offset_and_what_came_before_is_safe()
    {
        using var broker = Start();
        var (input, output, dead) = broker.EchoTopics(1);
        var ticks = SampleTicks.Of(50, symbols: 1).ToArray();
        ticks[20] = ticks[20] with { Size = EchoFold.FatalSize };
        broker.PublishTicks(input, ticks);
        await using var running = new RunningHost(broker, input, output, dead);

        var error = await Assert.ThrowsAsync<StreamException>(() => running.Ended);
        Assert.Equal(Verdict.Stop, error.Verdict);
        Assert.Equal($"{input}[0]@20", error.Where);
        Assert.Contains("a step that never expected 999", error.Found, StringComparison.Ordinal);
        Assert.IsType<InvalidOperationException>(error.InnerException);
        Assert.Equal(20, broker.ReadTicks(output)["S0"].Count);
        Assert.Equal(20, running.Host.Positions[0].Committed);
        Assert.Contains(running.Events.All, what => what.Id == 2008);
    }

    [SkippableFact]
    public async Task Stopped_and_started_again_the_state_is_as_if_uninterrupted_and_nothing_comes_out_twice()
    {
        using var broker = Start();
        var (input, output, dead) = broker.EchoTopics(3);
        for (var round = 0; round < 4; round++)
        {
            broker.PublishTicks(input, SampleTicks.Of(100, from: round * 100));
            await using var running = new RunningHost(broker, input, output, dead);
            await running.CaughtUpAsync();
            await running.StopAsync();
            Assert.Equal(round * 100, running.Host.Counters.Refolded);
            Assert.Equal(100, running.Host.Counters.Consumed);
            var counts = Enumerable.Range(0, 3).Select(partition => running.Host.StatesOf(partition))
                .SelectMany(states => states.Series.Select(series => states.GetOrAdd(series).Count));
            Assert.Equal(Enumerable.Repeat(20L * (round + 1), 5), counts);
        }

        var expected = Enumerable.Range(1, 80).Select(i => (long)i);
        foreach (var (_, ticks) in broker.ReadTicks(output)) Assert.Equal(expected, ticks.Select(tick => tick.Sequence));
    }

    [SkippableFact]
    public async Task A_schema_id_that_nobody_knows_is_waited_for_and_then_stops_the_task()
    {
        using var broker = Start();
        var (input, output, dead) = broker.EchoTopics(1);
        broker.PublishTicks(input, SampleTicks.Of(3, symbols: 1));
        using (var publisher = broker.Publisher())
        {
            publisher.PublishRaw(new Topic(input, "symbol", [], TopicCleanup.Days(1), "test"), "S0"u8.ToArray(), [0, 0x7F, 0, 0, 1, 9], []);
            publisher.Flush();
        }

        await using (var running = new RunningHost(broker, input, output, dead, new FoldHostOptions { UnknownSchemaWaitMs = 50 }))
        {
            var error = await Assert.ThrowsAsync<StreamException>(() => running.Ended);
            Assert.Equal($"{input}[0]@3", error.Where);
            Assert.Contains("2130706433", error.Found, StringComparison.Ordinal);
            Assert.Equal(Verdict.Stop, error.Verdict);
        }

        Assert.Empty(broker.ReadAll(dead.Name));
        var asked = 0;
        var known = new FoldHostOptions().SchemaName;
        var later = new FoldHostOptions { SchemaName = id => id == 0x7F000001 ? ++asked < 3 ? null : "kafka.stock.Bar" : known(id) };
        await using var again = new RunningHost(broker, input, output, dead, later);
        await again.CaughtUpAsync();
        await again.StopAsync();
        Assert.Equal("kafka.stock.Bar", Assert.Single(broker.ReadAll(dead.Name)).Header(DeadLetterHeaders.ErrorFound));
        Assert.Equal(3, broker.ReadTicks(output)["S0"].Count);
    }

    [SkippableFact]
    public async Task An_empty_topic_is_caught_up_with_and_so_is_one_that_is_only_folded_again()
    {
        using var broker = Start();
        var (input, output, dead) = broker.EchoTopics(2);
        for (var round = 0; round < 2; round++)
        {
            await using var running = new RunningHost(broker, input, output, dead);
            await running.CaughtUpAsync();
            Assert.Equal(round * 500, running.Host.Positions.Sum(position => position.Folded));
            await running.StopAsync();
            if (round > 0) continue;
            broker.PublishTicks(input, SampleTicks.Of(500));
            await using var second = new RunningHost(broker, input, output, dead);
            await second.CaughtUpAsync();
            await second.StopAsync();
        }
    }

    [SkippableFact]
    public async Task A_subset_of_partitions_is_folded_alone_and_a_wrong_one_refused()
    {
        using var broker = Start();
        var (input, output, dead) = broker.EchoTopics(4);
        broker.PublishTicks(input, SampleTicks.Of(200, symbols: 20));
        await using var running = new RunningHost(broker, input, output, dead, new FoldHostOptions { Partitions = [2, 1] });
        await running.CaughtUpAsync();
        await running.StopAsync();
        Assert.Equal([1, 2], running.Host.Positions.Select(position => position.Partition));
        Assert.Equal(broker.ReadAll(input).Count(record => record.Partition is 1 or 2), broker.ReadAll(output).Count);

        await using var wrong = new RunningHost(broker, input, output, dead, new FoldHostOptions { Partitions = [9] });
        var error = await Assert.ThrowsAsync<ConfigurationException>(() => wrong.Ended);
        Assert.Equal("9", error.Found);
    }

    [SkippableFact]
    public async Task A_cancelled_host_delivers_and_commits_what_it_has_folded()
    {
        using var broker = Start();
        var (input, output, dead) = broker.EchoTopics(2);
        broker.PublishTicks(input, SampleTicks.Of(20_000));
        await using var running = new RunningHost(broker, input, output, dead);
        Assert.True(SpinWait.SpinUntil(() => running.Host.Counters.Consumed > 100, TimeSpan.FromSeconds(60)));
        await running.StopAsync();
        var committed = running.Host.Positions.Sum(position => position.Committed);
        Assert.Equal(running.Host.Positions.Sum(position => position.Folded), committed);
        Assert.Equal(committed, broker.ReadAll(output).Count);
    }

    [SkippableFact]
    public async Task A_missing_topic_is_an_error_that_says_how_to_make_it()
    {
        using var broker = Start();
        var (_, output, dead) = broker.EchoTopics(1);
        await using var running = new RunningHost(broker, broker.Prefix + "nowhere", output, dead);
        var error = await Assert.ThrowsAsync<StreamException>(() => running.Ended);
        Assert.Contains("kstock topics create", error.Expected, StringComparison.Ordinal);
    }
}
