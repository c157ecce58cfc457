using Kafka.Stock.Contracts;
using Kafka.Stock.TestKit;

namespace Kafka.Stock.Lakehouse.Tests;

/// <summary>Tables written here have the same rows in somebody else's reader: ClickHouse with delta-kernel-rs.</summary>
[Collection(S3Collection.Name)]
public sealed class ClickHouseTests(ClickHouseFixture clickHouse, RadosGateway gateway) : IClassFixture<ClickHouseFixture>
{
    [SkippableFact]
    public async Task A_table_on_disk_has_the_same_rows_in_ClickHouse_all_its_life()
    {
        using var table = new LivedTable(
            clickHouse.Get(), one => new LocalStore(one.NewFolder(), TimeProvider.System), ClickHouse.LocalTable);
        await table.LiveAsync();
    }

    [SkippableFact]
    public async Task A_table_on_S3_has_the_same_rows_in_ClickHouse_all_its_life()
    {
        var path = gateway.NewPath();
        var key = Environment.GetEnvironmentVariable("AWS_ACCESS_KEY_ID") ?? "";
        var secret = Environment.GetEnvironmentVariable("AWS_SECRET_ACCESS_KEY") ?? "";
        var options = new ObjectStoreOptions { S3 = new S3Options { Endpoint = gateway.Endpoint } };
        using var table = new LivedTable(
            clickHouse.Get(), _ => ObjectStores.Open(path, options), one => ClickHouse.S3Table(gateway.Endpoint, one, key, secret));
        await table.LiveAsync();
    }

    [SkippableFact]
    public async Task What_it_refuses_is_said()
    {
        var error = await Assert.ThrowsAsync<BrokenInputException>(() => clickHouse.Get().QueryAsync("SELECT no_such_thing", default));
        Assert.Contains("no_such_thing", error.Message, StringComparison.Ordinal);
        Assert.Equal("it's", (await clickHouse.Get().QueryAsync($"SELECT {ClickHouse.Literal("it's")}", default)).Rows[0][0]);
    }
}
