using System.Text;
using Kafka.Stock.Contracts;
using Kafka.Stock.Lakehouse;
using Kafka.Stock.TestKit;
using Kafka.Stock.Topology;

namespace Kafka.Stock.BatchJob.Tests;

/// <summary>A lake in a folder of a test's own, fed with market records as the topic's log would hold them.</summary>
sealed class LakeUnderTest : IDisposable
{
    readonly List<(string Schema, string Key, byte[] Body)> _log = [];
    readonly EncodingOutput _encode;
    BronzeTable? _market;
    int _taken;

    /// <summary>A lake.</summary>
    /// <param name="options">Of the stream.</param>
    /// <param name="path">Where it lies; null for the test's own folder.</param>
    /// <param name="s3">How it is reached where it is far.</param>
    public LakeUnderTest(TopologyOptions? options = null, string? path = null, S3Options? s3 = null)
    {
        Options = options ?? new TopologyOptions();
        Root = Directory.CreateTempSubdirectory("kstock-medallion-").FullName;
        Database = DuckDatabase.Open(new DuckOptions { ThreadCount = 2 });
        Lake = Over(path ?? Path.Combine(Root, "lake"), s3 ?? new S3Options());
        _encode = new EncodingOutput(
            (Topic _, in LogRecord record) => _log.Add((record.SchemaName, Encoding.UTF8.GetString(record.Key), record.Body.ToArray())));
    }

    public TopologyOptions Options { get; }

    public string Root { get; }

    public DuckDatabase Database { get; }

    public Lake Lake { get; }

    /// <summary>All records so far, in order: what the stream reads.</summary>
    public IReadOnlyList<(string Schema, string Key, byte[] Body)> Log => _log;

    public void Feed<TRecord>(string symbol, TRecord record)
        where TRecord : IAvroRecord<TRecord> => _encode.Publish(StockTopics.Market, symbol, record);

    /// <summary>A record as another program may have written it.</summary>
    public void FeedBytes(string schema, string key, byte[] body) => _log.Add((schema, key, body));

    public void Feed(IEnumerable<SourceBar> bars)
    {
        foreach (var bar in bars) Feed(bar.Symbol, bar);
    }

    /// <summary>Brings what was fed into bronze, in one commit.</summary>
    public async Task SyncAsync()
    {
        _market ??= await BronzeTable.OpenAsync(Lake, LakeTables.Market, default);
        for (; _taken < _log.Count; _taken++)
        {
            var (schema, key, body) = _log[_taken];
            _market.Add(new LakeRecord
            {
                Topic = StockTopics.Market.Name,
                Partition = 0,
                Offset = _taken,
                SchemaName = schema,
                Key = Encoding.UTF8.GetBytes(key),
                Body = body,
            });
        }

        await _market.CommitAsync(default);
    }

    public Task<RebuildReport> RebuildAsync(bool isFull = false, int workers = 2) =>
        new LakeRebuild(Lake, new RebuildOptions { Topology = Options, IsFull = isFull, Workers = workers }).RunAsync(default);

    /// <summary>What the Topology itself makes of the log.</summary>
    public RecordedLog Stream()
    {
        var partition = new FoldPartition<MarketMessage, TopologyState>(new TopologyFold(Options));
        var log = new RecordedLog();
        for (var offset = 0; offset < _log.Count; offset++)
        {
            var (schema, key, body) = _log[offset];
            try
            {
                partition.Apply(new LogRecord(schema, Encoding.UTF8.GetBytes(key), body, offset), log.Output);
            }
            catch (RecordDefectException)
            {
                // The stream's dead letters.
            }
        }

        return log;
    }

    /// <summary>Rows of a query of one text column over a table.</summary>
    public async Task<string[]> RowsAsync(string path, string sql)
    {
        var table = await Lake.OpenAsync(path, default);
        using var scan = await TableScan.OpenAsync(table, table.Snapshot, [], default);
        using var connection = Database.Connect();
        var rows = new List<string>();
        using var result = connection.Query($"{sql.Replace("TABLE", scan.Relation, StringComparison.Ordinal)}");
        while (result.Read())
        {
            for (var row = 0; row < result.RowCount; row++) rows.Add(result[0].Text(row) ?? "null");
        }

        return [.. rows];
    }

    /// <summary>Names of the table's files, which say their content.</summary>
    public async Task<string[]> FilesAsync(string path) =>
        [.. (await Lake.OpenAsync(path, default)).Snapshot.Files.Select(file => file.Key)];

    /// <summary>Another lake with the same bronze.</summary>
    public async Task<string[]> FilesOfFullRebuildAsync(string path)
    {
        using var other = new LakeUnderTest(Options);
        foreach (var (schema, key, body) in _log) other.FeedBytes(schema, key, body);
        await other.SyncAsync();
        await other.RebuildAsync(isFull: true);
        return await other.FilesAsync(path);
    }

    public void Dispose()
    {
        _market?.Dispose();
        Database.Dispose();
        Directory.Delete(Root, recursive: true);
    }

    Lake Over(string path, S3Options s3) => new(
        ObjectStores.Open(path, new ObjectStoreOptions { S3 = s3 }), Database, new LakeOptions { WorkFolder = Path.Combine(Root, "work") });
}
