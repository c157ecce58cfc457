using Kafka.Stock.Contracts;

namespace Kafka.Stock.Lakehouse.Tests;

/// <summary>Faults come by plan alone: the same seed and requests, the same faults.</summary>
public sealed class FaultStoreTests : IDisposable
{
    static readonly CancellationToken s_none = CancellationToken.None;

    readonly ScratchFolder _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public async Task The_same_seed_gives_the_same_faults_and_another_one_others()
    {
        var first = await OutcomesAsync(seed: 1);
        Assert.Equal(first, await OutcomesAsync(seed: 1));
        Assert.NotEqual(first, await OutcomesAsync(seed: 2));
        Assert.Contains(first, outcome => outcome.Contains("500", StringComparison.Ordinal));
        Assert.Contains(first, outcome => outcome.Contains("409", StringComparison.Ordinal));
        Assert.Contains(first, outcome => outcome.Contains("answer in time", StringComparison.Ordinal));
        Assert.Contains(first, outcome => outcome == "passed");
    }

    [Fact]
    public async Task Even_with_every_request_hit_one_passes_after_three()
    {
        var store = Open(new FaultPlan { Share = 1 });
        for (var request = 0; request < 12; request++)
        {
            var passes = request % 4 == 3;
            var error = await Record.ExceptionAsync(() => store.GetAsync("k", s_none));
            Assert.Equal(passes, error is null);
        }
    }

    [Fact]
    public async Task A_rule_hits_its_operation_and_key_after_those_that_it_skips()
    {
        var store = Open(new FaultPlan { Rules = [new FaultRule(StoreFault.SlowDown, StoreOperation.Get, "log/", Skip: 1, Times: 2)] });
        await store.GetAsync("data/1", s_none);
        await store.HeadAsync("log/1", s_none);
        await store.GetAsync("log/1", s_none);
        await Assert.ThrowsAsync<StoreException>(() => store.GetAsync("log/1", s_none));
        await Assert.ThrowsAsync<StoreException>(() => store.GetAsync("log/2", s_none));
        await store.GetAsync("log/1", s_none);
    }

    [Theory]
    [InlineData(StoreFault.ServerErrorAfter, true)]
    [InlineData(StoreFault.LostReply, true)]
    [InlineData(StoreFault.TimeoutAfter, true)]
    [InlineData(StoreFault.ServerError, false)]
    [InlineData(StoreFault.Timeout, false)]
    [InlineData(StoreFault.Conflict, false)]
    public async Task A_fault_after_the_effect_has_had_it_and_one_before_has_not(StoreFault fault, bool isDone)
    {
        var store = Open(new FaultPlan { Rules = [new FaultRule(fault, StoreOperation.Put)] });
        var error = await Assert.ThrowsAsync<StoreException>(() => store.PutAsync("k", new byte[] { 1 }, s_none));
        Assert.Equal(Verdict.Retry, error.Verdict);
        Assert.Equal(isDone, await store.GetAsync("k", s_none) is not null);
    }

    /// <summary>How a test of commits goes through every kill point: one run to count the calls, then one for each.</summary>
    [Fact]
    public async Task Every_call_of_a_run_can_be_the_last()
    {
        var whole = Open(new FaultPlan());
        await WriteAsync(whole);
        Assert.Equal(["Put data", "PutIfAbsent log/0", "Put log/last"], whole.Calls);

        for (var call = 0; call < whole.Calls.Count; call++)
        {
            Assert.Equal(call, await KeysLeftByAsync(new FaultPlan { KillBeforeCall = call }));
            Assert.Equal(call + 1, await KeysLeftByAsync(new FaultPlan { KillAfterCall = call }));
        }
    }

    static async Task WriteAsync(FaultStore store)
    {
        await store.PutAsync("data", new byte[] { 1 }, s_none);
        await store.PutIfAbsentAsync("log/0", new byte[] { 2 }, s_none);
        await store.PutAsync("log/last", new byte[] { 3 }, s_none);
    }

    async Task<int> KeysLeftByAsync(FaultPlan plan)
    {
        var disk = new LocalStore(_scratch.NewFolder(), TimeProvider.System);
        var store = new FaultStore(disk, plan);
        await Assert.ThrowsAsync<StoreKilledException>(() => WriteAsync(store));
        await Assert.ThrowsAsync<StoreKilledException>(() => store.GetAsync("data", s_none));
        return await disk.ListAsync("", null, s_none).CountAsync();
    }

    async Task<List<string>> OutcomesAsync(ulong seed)
    {
        var store = Open(new FaultPlan { Seed = seed, Share = 0.5 });
        var outcomes = new List<string>();
        for (var request = 0; request < 60; request++)
        {
            var error = await Record.ExceptionAsync(() => store.PutAsync($"key {request % 7}", new byte[] { 1 }, s_none));
            outcomes.Add(error is StoreException fault ? fault.Found : "passed");
        }

        return outcomes;
    }

    FaultStore Open(FaultPlan plan) => new(new LocalStore(_scratch.NewFolder(), TimeProvider.System), plan);
}
