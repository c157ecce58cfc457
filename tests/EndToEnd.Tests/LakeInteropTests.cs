using Kafka.Stock.EndToEnd.Tests.Support;
using Kafka.Stock.Lakehouse;
using Kafka.Stock.TestKit;

namespace Kafka.Stock.EndToEnd.Tests;

/// <summary>The layers of a lake, in ClickHouse: a hash of all rows as text, made there and here.</summary>
[Collection(BundledLakeCollection.Name)]
public sealed class LakeInteropTests(BundledLake bundled, ClickHouseFixture clickHouse) : IClassFixture<ClickHouseFixture>
{
    [SkippableTheory]
    [InlineData("bronze/market")]
    [InlineData("silver/bars")]
    [InlineData("gold/features")]
    public async Task A_layer_has_the_same_rows_in_ClickHouse(string path)
    {
        var reader = clickHouse.Get();
        using var scratch = new Scratch();
        using var database = DuckDatabase.Open(new DuckOptions { TempFolder = scratch.PathTo("temp") });
        var lake = new Lake(
            ObjectStores.Open(bundled.Folder, new ObjectStoreOptions()), database, new LakeOptions { WorkFolder = scratch.PathTo("work") });
        var table = await lake.OpenAsync(path, default);
        var (hash, rows) = await SameRows.DemandHashAsync(reader, table, ClickHouse.LocalTable(Path.Combine(bundled.Folder, path)));
        Assert.Equal(table.Snapshot.RowCount, rows);
        Assert.True(rows > 1_000, $"{rows} rows, hash {hash}");
    }
}
