using System.Text;
using Kafka.Stock.Contracts;

namespace Kafka.Stock.Lakehouse.Tests;

/// <summary>Who won is found out, what is transient is tried again, and never without end.</summary>
public sealed class RetryingStoreTests : IDisposable
{
    static readonly CancellationToken s_none = CancellationToken.None;

    readonly ScratchFolder _scratch = new();
    readonly LocalStore _disk;
    readonly ImpatientClock _clock = new();

    public RetryingStoreTests() => _disk = new LocalStore(_scratch.Path, TimeProvider.System);

    public void Dispose() => _scratch.Dispose();

    [Theory]
    [InlineData(StoreFault.ServerError)]
    [InlineData(StoreFault.ServerErrorAfter)]
    [InlineData(StoreFault.SlowDown)]
    [InlineData(StoreFault.Conflict)]
    [InlineData(StoreFault.Timeout)]
    [InlineData(StoreFault.TimeoutAfter)]
    [InlineData(StoreFault.LostReply)]
    public async Task Who_put_first_is_told_so_whatever_happened_to_the_answer(StoreFault fault)
    {
        var store = Store(new FaultRule(fault, StoreOperation.PutIfAbsent, Times: 3));
        Assert.True(await store.PutIfAbsentAsync("k", Bytes("mine"), s_none));
        Assert.Equal("mine", Encoding.UTF8.GetString((await _disk.GetAsync("k", s_none))!));
    }

    [Theory]
    [InlineData(StoreFault.ServerError)]
    [InlineData(StoreFault.Conflict)]
    [InlineData(StoreFault.LostReply)]
    public async Task Who_came_second_is_told_so_whatever_happened_to_the_answer(StoreFault fault)
    {
        await _disk.PutAsync("k", Bytes("yours"), s_none);
        var store = Store(new FaultRule(fault, StoreOperation.PutIfAbsent, Times: 3));
        Assert.False(await store.PutIfAbsentAsync("k", Bytes("mine"), s_none));
        Assert.Equal("yours", Encoding.UTF8.GetString((await _disk.GetAsync("k", s_none))!));
    }

    [Fact]
    public async Task A_refusal_that_our_own_request_caused_is_seen_through_by_the_bytes()
    {
        await _disk.PutAsync("k", Bytes("sent twice by the client"), s_none);
        Assert.True(await Store().PutIfAbsentAsync("k", Bytes("sent twice by the client"), s_none));
        Assert.False(await Store().PutIfAbsentAsync("k", Bytes("another's"), s_none));
    }

    [Fact]
    public async Task When_every_answer_is_lost_the_object_itself_says_who_won()
    {
        var lost = new FaultRule(StoreFault.LostReply, StoreOperation.PutIfAbsent, Times: 100);
        Assert.True(await Store(lost).PutIfAbsentAsync("k", Bytes("mine"), s_none));
        Assert.False(await Store(lost).PutIfAbsentAsync("k", Bytes("late"), s_none));
    }

    [Fact]
    public async Task When_no_request_gets_through_the_outcome_is_unknown_and_said_so_after_a_bounded_number_of_tries()
    {
        var faults = Faults(new FaultRule(StoreFault.Timeout, StoreOperation.PutIfAbsent, Times: 100));
        var error = await Assert.ThrowsAsync<StoreException>(() => Retrying(faults).PutIfAbsentAsync("k", Bytes("mine"), s_none));
        Assert.Equal(Verdict.Retry, error.Verdict);
        Assert.Equal(4, error.Attempts);
        Assert.Contains("try 4 of 4", error.Found, StringComparison.Ordinal);
        Assert.Equal($"{_scratch.Path}/k", error.Where);
        Assert.Equal(4, faults.Calls.Count(call => call == "PutIfAbsent k"));
    }

    [Fact]
    public async Task Waits_double_up_to_their_bound_and_are_shared_by_chance()
    {
        var faults = Faults(new FaultRule(StoreFault.SlowDown, Times: 100));
        var retries = new RetryOptions { AttemptsMax = 6, BackoffMs = 100, BackoffMsMax = 500 };
        var options = Options with { Retries = retries, Jitter = () => 0.5 };
        await Assert.ThrowsAsync<StoreException>(() => ObjectStores.WithRetries(faults, options).GetAsync("k", s_none));
        Assert.Equal([50, 100, 200, 250, 250], _clock.WaitsMs);
    }

    [Fact]
    public async Task What_was_tried_again_below_is_not_tried_again_above()
    {
        var faults = Faults(new FaultRule(StoreFault.SlowDown, Times: 100));
        await Assert.ThrowsAsync<StoreException>(() => ObjectStores.WithRetries(Retrying(faults), Options).GetAsync("k", s_none));
        Assert.Equal(4, faults.Calls.Count);
    }

    [Fact]
    public async Task What_no_wait_heals_is_thrown_at_once()
    {
        var faults = Faults();
        await _disk.PutAsync("folder/k", Bytes("x"), s_none);
        await Assert.ThrowsAsync<StoreException>(() => Retrying(faults).PutAsync("folder", Bytes("x"), s_none));
        Assert.Single(faults.Calls);
    }

    [Fact]
    public async Task A_kill_is_nobodys_to_catch()
    {
        var store = Store(new FaultRule(StoreFault.KillAfter, StoreOperation.PutIfAbsent));
        await Assert.ThrowsAsync<StoreKilledException>(() => store.PutIfAbsentAsync("k", Bytes("x"), s_none));
        await Assert.ThrowsAsync<StoreKilledException>(() => store.GetAsync("other", s_none));
        Assert.NotNull(await _disk.GetAsync("k", s_none));
    }

    [Fact]
    public async Task A_listing_that_breaks_goes_on_behind_what_it_gave()
    {
        foreach (var key in (string[])["a", "b", "c", "d", "e"]) await _disk.PutAsync(key, Bytes("x"), s_none);
        // Breaks after its first entry each time: more often than there are tries, yet never without progress.
        var faults = Faults(new FaultRule(StoreFault.LostReply, StoreOperation.List, Times: 5));
        Assert.Equal(
            ["a", "b", "c", "d", "e"],
            await Retrying(faults).ListAsync("", null, s_none).Select(entry => entry.Key).ToListAsync());
        Assert.Equal(6, faults.Calls.Count);
    }

    [Fact]
    public void Options_out_of_range_are_named_together()
    {
        var options = new ObjectStoreOptions { Retries = new RetryOptions { AttemptsMax = 0, BackoffMs = -1, BackoffMsMax = -2 } };
        var error = Assert.Throws<ConfigurationException>(() => ObjectStores.WithRetries(_disk, options));
        Assert.Contains("attempts 0", error.Message, StringComparison.Ordinal);
        Assert.Contains("backoff -1", error.Message, StringComparison.Ordinal);
        Assert.Contains("longest backoff -2", error.Message, StringComparison.Ordinal);
    }

    static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    ObjectStoreOptions Options => new() { Retries = new RetryOptions { AttemptsMax = 4 }, Clock = _clock, Jitter = () => 0.999 };

    FaultStore Faults(params FaultRule[] rules) => new(_disk, new FaultPlan { Rules = rules });

    IObjectStore Retrying(IObjectStore inner) => ObjectStores.WithRetries(inner, Options);

    IObjectStore Store(params FaultRule[] rules) => Retrying(Faults(rules));
}
