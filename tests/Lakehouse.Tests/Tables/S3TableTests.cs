using Kafka.Stock.TestKit;

namespace Kafka.Stock.Lakehouse.Tests;

/// <summary>What is proved on a local disk, on a real S3 server.</summary>
[Collection(S3Collection.Name)]
public sealed class S3TableTests(RadosGateway gateway)
{
    [SkippableFact]
    public async Task Of_8_appenders_every_commit_is_there_once()
    {
        using var lake = NewLake();
        await ConcurrentAppenders.RunAsync(lake, commitsEach: 10);
    }

    [SkippableTheory]
    [InlineData(StoreFault.KillBefore)]
    [InlineData(StoreFault.KillAfter)]
    public Task A_killed_writer_leaves_the_table_as_before_or_after(StoreFault fault) =>
        KilledWriter.DieAtEachRequestAsync(NewLake, fault, every: 5);

    [SkippableFact]
    public async Task Rows_are_read_through_copies_that_are_gone_afterwards()
    {
        using var lake = NewLake();
        var table = await lake.NewTableAsync();
        for (var i = 1; i <= 6; i++)
        {
            var file = lake.Write($"f{i}", i);
            await lake.Store().UploadAsync($"bronze/market/{file.Key}", $"{lake.Folder}/bronze/market/{file.Key}", default);
            await table.AppendAsync([file], [], default);
        }

        var read = await lake.OpenAsync();
        Assert.Equal(5, read.Snapshot.CheckpointVersion);
        Assert.Equal(Enumerable.Range(1, 6).Select(i => $"2024-01-02|A|{i}"), await lake.RowsAsync(read, read.Snapshot));
        Assert.Empty(Directory.GetFiles(lake.Options.WorkFolder, "*", SearchOption.AllDirectories));
    }

    TestLake NewLake()
    {
        var path = gateway.NewPath();
        var options = new ObjectStoreOptions { S3 = new S3Options { Endpoint = gateway.Endpoint } };
        return new TestLake(KilledWriter.Change, () => ObjectStores.Open(path, options));
    }
}
