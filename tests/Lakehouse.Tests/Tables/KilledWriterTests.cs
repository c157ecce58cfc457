namespace Kafka.Stock.Lakehouse.Tests;

/// <summary>A writer that dies at any request to the store, before or after its effect, or whose answer is lost.</summary>
public sealed class KilledWriterTests : IDisposable
{
    readonly TestLake _lake = new(KilledWriter.Change);

    public void Dispose() => _lake.Dispose();

    /// <summary>Versions 1 to 11, each with a data file, two checkpoints on the way, killed at each request in turn.</summary>
    [Theory]
    [InlineData(StoreFault.KillBefore)]
    [InlineData(StoreFault.KillAfter)]
    public Task The_table_reads_as_before_or_after_and_the_next_writer_goes_on(StoreFault fault) =>
        KilledWriter.DieAtEachRequestAsync(() => new TestLake(KilledWriter.Change), fault, every: 1);

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
        for (var i = 1; i <= 4; i++)
        {
            var result = await table.AppendAsync([TestLake.FileOf(KilledWriter.NameOf(i))], [], default);
            Assert.Equal(i, result.Version);
        }

        Assert.Equal(Enumerable.Range(1, 4).Select(KilledWriter.NameOf), TestLake.Keys((await _lake.OpenAsync()).Snapshot));
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
        await KilledWriter.FinishAsync(table);
        var reread = (await _lake.OpenAsync()).Snapshot;
        Assert.Equal(Enumerable.Range(1, KilledWriter.LastCommit).Select(KilledWriter.NameOf), TestLake.Keys(reread));
        Assert.Equal(KilledWriter.LastCommit, reread.Version);
    }
}
