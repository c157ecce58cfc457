namespace Kafka.Stock.Lakehouse.Tests;

/// <summary>A writer of 11 commits with two checkpoints that dies at a request, and the one that goes on after it.</summary>
static class KilledWriter
{
    public const int LastCommit = 11;

    public static LakeOptions Change(LakeOptions options) => options with { CheckpointVersions = 5 };

    /// <summary>Runs it once for each request, or for every nth, on an empty lake.</summary>
    public static async Task DieAtEachRequestAsync(Func<TestLake> newLake, StoreFault fault, int every)
    {
        var calls = await CallsOfAWholeRunAsync(newLake);
        Assert.Contains(calls, call => call.StartsWith("Upload", StringComparison.Ordinal));
        Assert.Contains($"Put bronze/market/_delta_log/{LogName.LastCheckpoint}", calls);
        for (var call = 0; call < calls.Count; call += every)
        {
            using var lake = newLake();
            await DieAtAsync(lake, fault, call, calls[call]);
        }
    }

    static async Task DieAtAsync(TestLake lake, StoreFault fault, int call, string request)
    {
        await lake.NewTableAsync();
        var plan = new FaultPlan
        {
            KillBeforeCall = fault == StoreFault.KillBefore ? call : null,
            KillAfterCall = fault == StoreFault.KillAfter ? call : null,
        };
        var told = new List<string>();
        await Assert.ThrowsAsync<StoreKilledException>(() => RunAsync(lake, new FaultStore(lake.Store(), plan), told));
        var survivor = await lake.OpenAsync();
        var names = TestLake.Keys(survivor.Snapshot);
        var expected = Enumerable.Range(1, (int)survivor.Snapshot.Version).Select(NameOf).ToList();
        Assert.True(names.SequenceEqual(expected), $"killed at {request}: {string.Join(' ', names)}");
        Assert.True(told.Count <= names.Length && names.Length <= told.Count + 1, $"killed at {request}: {told.Count} were told");
        await FinishAsync(survivor);
        var reread = await lake.OpenAsync();
        Assert.Equal(Enumerable.Range(1, LastCommit).Select(NameOf), TestLake.Keys(reread.Snapshot));
        Assert.Equal((LastCommit, LastCommit), (reread.Snapshot.Version, reread.Snapshot.ProgressOf("app")));
    }

    /// <summary>Goes on where the table itself says that the application has come to.</summary>
    public static async Task FinishAsync(DeltaTable table)
    {
        for (var i = (int)(table.Snapshot.ProgressOf("app") ?? 0) + 1; i <= LastCommit; i++)
        {
            Assert.True((await table.AppendAsync([TestLake.FileOf(NameOf(i))], [new("app", i)], default)).IsNew);
        }
    }

    public static string NameOf(int number) => $"f{number:D2}";

    static async Task<IReadOnlyList<string>> CallsOfAWholeRunAsync(Func<TestLake> newLake)
    {
        using var lake = newLake();
        await lake.NewTableAsync();
        var store = new FaultStore(lake.Store(), new FaultPlan());
        await RunAsync(lake, store, []);
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
}
