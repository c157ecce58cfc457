using Kafka.Stock.Calendars;
using Kafka.Stock.Contracts;
using Kafka.Stock.Lakehouse;
using Kafka.Stock.TestKit;

namespace Kafka.Stock.BatchJob.Tests;

/// <summary>A lake on a real S3 server is the same lake.</summary>
public sealed class FarLakeTests(RadosGateway gateway) : IClassFixture<RadosGateway>
{
    [SkippableFact]
    public async Task Sync_rebuild_and_query_on_S3_give_the_files_of_a_local_lake()
    {
        using var lake = new LakeUnderTest(path: gateway.NewPath(), s3: new S3Options { Endpoint = gateway.Endpoint });
        SampleTicks.Feed(lake, seed: 9, days: 2, minutes: 70);
        await lake.SyncAsync();
        Assert.True((await lake.RebuildAsync()).IsFull);
        var open = UsEquitiesCalendar.Instance.NextSession(new DateOnly(2010, 1, 3)).OpenUs;
        lake.Feed("AAA", new Tick("AAA", "iex", open + 1, new Price(90_000_000), 9, 1_000_000));
        await lake.SyncAsync();
        Assert.False((await lake.RebuildAsync()).IsFull);

        Assert.StartsWith("s3://", lake.Lake.Store.Root, StringComparison.Ordinal);
        Assert.Equal(await lake.FilesOfFullRebuildAsync(LakeTables.Bars), await lake.FilesAsync(LakeTables.Bars));
        Assert.Equal(await lake.FilesOfFullRebuildAsync(LakeTables.Features), await lake.FilesAsync(LakeTables.Features));
        Assert.Equal(
            ["280"], await lake.RowsAsync(LakeTables.Bars, "SELECT count(*)::VARCHAR FROM TABLE"));
        Assert.Empty(Directory.EnumerateFiles(lake.Root, "*", SearchOption.AllDirectories));
    }
}
