namespace Kafka.Stock.Lakehouse.Tests;

/// <summary>A writer that dies at any request to the store, before or after its effect, or whose answer is lost.</summary>
public sealed class KilledWriterTests : IDisposable
{
    const int LastCommit = 11;
    readonly TestLake _lake = new(options => options with { CheckpointVersions = 5 });

    public void Dispose() => _lake.Dispose();

    /// <summary>Versions 1 to 11, each with a data file, two checkpoints and a cleanup on the way, killed at each request in turn.</summary>
    [Theory]
    [InlineData(StoreFault.KillBefore)]
    [InlineData(StoreFault.KillAfter)]
    public async Task The_table_reads_as_before_or_after_and_the_next_writer_goes_on(StoreFault fault)
    {
        var calls = await CallsOfAWholeRunAsync();
        Assert.Contains(calls, call => call.StartsWith("Upload", StringComparison.Ordinal));
        Assert.Contains(calls, call => call.Contains(LogName.LastCheckpoint, StringComparison.Ordinal));
        for (var call = 0; call < calls.Count; call++)
        {
            using var lake = new TestLake(options => options with { CheckpointVersions = 5 });
            await lake.NewTableAsync();
            var plan = new FaultPlan
            {
                KillBeforeCall = fault == StoreFault.KillBefore ? call : null,
                KillAfterCall = fault == StoreFault.KillAfter ? call : null,
            };
            var told = new List<string>();
            var store = new FaultStore(lake.Store(), plan);
            await Assert.ThrowsAsync<StoreKilledException>(() => RunAsync(lake, store, told));
            var survivor = await lake.OpenAsync();
            var names = TestLake.Keys(survivor.Snapshot);
            var expected = Enumerable.Range(1, (int)survivor.Snapshot.Version).Select(NameOf).ToList();
            Assert.True(names.SequenceEqual(expected), $"killed at {calls[call]}: {string.Join(' ', names)}");
            Assert.True(told.Count <= names.Length && names.Length <= told.Count + 1, $"killed at {calls[call]}: {told.Count} were told");
            await FinishAsync(survivor);
            var reread = await lake.OpenAsync();
            Assert.Equal(Enumerable.Range(1, LastCommit).Select(NameOf), TestLake.Keys(reread.Snapshot));
            Assert.Equal(LastCommit, reread.Snapshot.ProgressOf("app"));
        }
    }

    [Theory]
    [InlineData(StoreFault.ServerError)]
    [InlineData(StoreFault.ServerErrorAfter)]
    [InlineData(StoreFault.Timeout)]
    [InlineData(StoreFault.TimeoutAfter)]
    [InlineData(StoreFault.LostReply)]
    public async Task An_answer_that_is_lost_is_settled_by_reading_the_commit(StoreFault fault)
    {
        await _lake.NewTableAsync();
        var rule = new FaultRule(fault, StoreOperation.PutIfAbsent, ".json", Skip: 1, Times: 2);
        var table = await _lake.OpenAsync(new FaultStore(_lake.Store(), new FaultPlan { Rules = [rule] }));
        for (var i = 1; i <= 4; i++) Assert.Equal(i, (await table.AppendAsync([TestLake.FileOf(NameOf(i))], [], default)).Version);
        Assert.Equal(Enumerable.Range(1, 4).Select(NameOf), TestLake.Keys((await _lake.OpenAsync()).Snapshot));
    }

    [Fact]
    public async Task A_lost_answer_to_another_s_commit_is_a_lost_race()
    {
        await _lake.NewTableAsync();
        var rule = new FaultRule(StoreFault.Timeout, StoreOperation.PutIfAbsent, LogName.Commit(1));
        var late = await _lake.OpenAsync(new FaultStore(_lake.Store(), new FaultPlan { Rules = [rule] }));
        var early = await _lake.OpenAsync();
        await early.AppendAsync([TestLake.FileOf("early")], [], default);
        var result = await late.AppendAsync([TestLake.FileOf("late")], [], default);
        Assert.Equal((2, 1), (result.Version, result.LostRaces));
        Assert.Equal(["early", "late"], TestLake.Keys((await _lake.OpenAsync()).Snapshot));
    }

    /// <summary>Faults by chance on every request, with the retries of a store in service.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Nothing_is_lost_or_twice_on_a_store_that_fails_often(ulong seed)
    {
        await _lake.NewTableAsync();
        var faults = new FaultStore(_lake.Store(), new FaultPlan { Seed = seed, Share = 0.3, InRowMax = 2 });
        var options = new ObjectStoreOptions { Clock = new ImpatientClock() };
        var table = await _lake.OpenAsync(ObjectStores.WithRetries(faults, options));
        await FinishAsync(table);
        Assert.Equal(Enumerable.Range(1, LastCommit).Select(NameOf), TestLake.Keys((await _lake.OpenAsync()).Snapshot));
        Assert.Equal(LastCommit, (await _lake.OpenAsync()).Snapshot.Version);
    }

    async Task<IReadOnlyList<string>> CallsOfAWholeRunAsync()
    {
        await _lake.NewTableAsync();
        var store = new FaultStore(_lake.Store(), new FaultPlan());
        await RunAsync(_lake, store, []);
        return store.Calls;
    }

    static async Task RunAsync(TestLake lake, FaultStore store, List<string> told)
    {
        var table = await lake.OpenAsync(store);
        for (var i = 1; i <= LastCommit; i++)
        {
            var file = TestLake.FileOf(NameOf(i));
            await store.PutAsync($"bronze/market/{file.Key}", new byte[] { 1 }, default);
            await table.AppendAsync([file], [new("app", i)], default);
            told.Add(NameOf(i));
        }
    }

    /// <summary>Goes on where the table itself says that the application has come to.</summary>
    static async Task FinishAsync(DeltaTable table)
    {
        for (var i = (table.Snapshot.ProgressOf("app") ?? 0) + 1; i <= LastCommit; i++)
        {
            Assert.True((await table.AppendAsync([TestLake.FileOf(NameOf(i))], [new("app", i)], default)).IsNew);
        }
    }

    static string NameOf(long number) => $"f{number:D2}";

    static string NameOf(int number) => NameOf((long)number);
}
