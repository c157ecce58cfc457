using Kafka.Stock.Lakehouse;
using Kafka.Stock.TestKit;

namespace Kafka.Stock.EndToEnd.Tests.Support;

/// <summary>A lake somewhere, as the verbs are told of it and as ClickHouse is.</summary>
/// <param name="path">A folder, or s3://bucket/prefix.</param>
/// <param name="endpoint">Of the S3 server; null for a folder.</param>
sealed class PlacedLake(string path, string? endpoint) : IDisposable
{
    readonly Scratch _scratch = new();
    DuckDatabase? _database;

    public string Path => path;

    /// <summary>Flags of every verb that works on it.</summary>
    public IReadOnlyList<string> Flags { get; } = endpoint is null ? ["--lake", path] : ["--lake", path, "--s3-endpoint", endpoint];

    public static PlacedLake OnS3(RadosGateway gateway) => new(gateway.NewPath(), gateway.Endpoint);

    /// <summary>A verb of <c>kstock lake</c> that ends well: its standard output.</summary>
    public async Task<string> DoneAsync(params IEnumerable<string> arguments) =>
        (await Kstock.RunAsync(["lake", .. arguments, .. Flags, "--lake-work", _scratch.PathTo("work")])).Expect(0).Output;

    /// <summary>Rows of a table that ClickHouse has as well, all columns of all rows.</summary>
    public async Task<long> SameRowsAsync(ClickHouse reader, string table)
    {
        var opened = await Open().OpenAsync(table, default);
        var (_, rows) = await SameRows.DemandHashAsync(reader, opened, TheirsOf(table));
        Assert.Equal(opened.Snapshot.RowCount, rows);
        return rows;
    }

    /// <summary>A file of its own, for what verbs write.</summary>
    public string PathTo(string name) => _scratch.PathTo(name);

    public void Dispose()
    {
        _database?.Dispose();
        _scratch.Dispose();
    }

    Lake Open()
    {
        _database ??= DuckDatabase.Open(new DuckOptions { TempFolder = _scratch.PathTo("temp") });
        var store = ObjectStores.Open(path, new ObjectStoreOptions { S3 = new S3Options { Endpoint = endpoint } });
        return new Lake(store, _database, new LakeOptions { WorkFolder = _scratch.PathTo("read") });
    }

    string TheirsOf(string table) => endpoint is null
        ? ClickHouse.LocalTable(System.IO.Path.Combine(path, table))
        : ClickHouse.S3Table(
            endpoint, $"{path}/{table}", Environment.GetEnvironmentVariable("AWS_ACCESS_KEY_ID") ?? "",
            Environment.GetEnvironmentVariable("AWS_SECRET_ACCESS_KEY") ?? "");
}
