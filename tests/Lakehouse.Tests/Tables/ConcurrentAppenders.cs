namespace Kafka.Stock.Lakehouse.Tests;

/// <summary>Eight writers, each with its own view of the table, that append at the same time.</summary>
static class ConcurrentAppenders
{
    const int Writers = 8;

    public static async Task RunAsync(TestLake lake, int commitsEach)
    {
        await lake.NewTableAsync();
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(async () =>
        {
            var table = await lake.OpenAsync();
            for (var i = 0; i < commitsEach; i++)
            {
                await table.AppendAsync([TestLake.FileOf($"w{writer}-{i:D3}")], [new($"app/{writer}", i)], default);
            }
        })));
        var reread = await lake.OpenAsync();
        var expected = from writer in Enumerable.Range(0, Writers) from i in Enumerable.Range(0, commitsEach) select $"w{writer}-{i:D3}";
        Assert.Equal(expected, TestLake.Keys(reread.Snapshot));
        Assert.Equal(Writers * commitsEach, reread.Snapshot.Version);
        Assert.All(Enumerable.Range(0, Writers), writer => Assert.Equal(commitsEach - 1, reread.Snapshot.ProgressOf($"app/{writer}")));
        await AssertEachFileIsAddedOnceAsync(reread);
    }

    public static async Task AssertEachFileIsAddedOnceAsync(DeltaTable table)
    {
        var added = new List<string>();
        for (var version = 1L; version <= table.Snapshot.Version; version++)
        {
            added.AddRange((await table.Log.ReadCommitAsync(version, default))!.OfType<AddFile>().Select(add => add.Key));
        }

        Assert.Equal(table.Snapshot.FileCount, added.Count);
        Assert.Equal(added.Count, added.Distinct().Count());
    }
}
