namespace Kafka.Stock.Lakehouse.Tests;

/// <summary>Checkpoints as another reader sees them: DuckDB, by columns and types.</summary>
public sealed class CheckpointRowsTests : IDisposable
{
    readonly TestDatabase _test = new();

    public void Dispose() => _test.Dispose();

    /// <summary>Types of the Delta protocol, "Checkpoint Schema".</summary>
    [Fact]
    public void Columns_have_the_protocol_s_types()
    {
        Write([ProtocolAction.Own]);
        Assert.Equal(
            [
                "txn|STRUCT(appId VARCHAR, version BIGINT, lastUpdated BIGINT)",
                "add|STRUCT(path VARCHAR, partitionValues MAP(VARCHAR, VARCHAR), size BIGINT, modificationTime BIGINT, dataChange BOOLEAN,"
                    + " stats VARCHAR, tags MAP(VARCHAR, VARCHAR))",
                "remove|STRUCT(path VARCHAR, deletionTimestamp BIGINT, dataChange BOOLEAN, extendedFileMetadata BOOLEAN,"
                    + " partitionValues MAP(VARCHAR, VARCHAR), size BIGINT)",
                "metaData|STRUCT(id VARCHAR, name VARCHAR, description VARCHAR,"
                    + " format STRUCT(provider VARCHAR, options MAP(VARCHAR, VARCHAR)), schemaString VARCHAR,"
                    + " partitionColumns VARCHAR[], configuration MAP(VARCHAR, VARCHAR), createdTime BIGINT)",
                "protocol|STRUCT(minReaderVersion INTEGER, minWriterVersion INTEGER)",
            ],
            _test.Texts($"SELECT column_name, replace(column_type, '\"', '') FROM (DESCRIBE SELECT * FROM {Relation})"));
    }

    [Theory]
    [InlineData(null, "∅")]
    [InlineData("{}", "{}")]
    [InlineData("[1]", "∅")]
    [InlineData("{\"a\":\"x\\\"y\",\"b\":null,\"c\":1,\"d\":[true]}", "{\"a\":\"x\\\"y\",\"b\":null,\"c\":\"1\",\"d\":\"[true]\"}")]
    public void Tags_are_a_map_of_texts(string? tags, string expected)
    {
        Write([Add("a") with { TagsJson = tags }]);
        Assert.Equal([expected], _test.Texts($"SELECT to_json(add.tags) FROM {Relation}"));
    }

    [Fact]
    public void A_tombstone_says_no_more_than_is_known()
    {
        Write(
        [
            new RemoveFile("a", null),
            new RemoveFile("b", 7) { SizeBytes = 5 },
            new RemoveFile("c", 8) { SizeBytes = 6, PartitionValues = PartitionValues.Of(("day", null), ("x", "y")) },
            new RemoveFile("d", 9) { SizeBytes = 6, PartitionValues = PartitionValues.None },
        ]);
        Assert.Equal(
            [
                "a|∅|false|false|∅|∅", "b|7|false|false|∅|5", "c|8|false|true|{\"day\":null,\"x\":\"y\"}|6", "d|9|false|true|{}|6",
            ],
            _test.Texts(
                $"SELECT r.path, r.deletionTimestamp, r.dataChange, r.extendedFileMetadata, to_json(r.partitionValues), r.size"
                + $" FROM (SELECT remove AS r FROM {Relation})"));
    }

    /// <summary>Two row groups; each row is one action and nothing else.</summary>
    [Fact]
    public void Files_by_the_ten_thousands_come_back()
    {
        const int Files = 70_000;
        var values = PartitionValues.Of(("day", "2024-01-02"));
        IEnumerable<LogAction> actions =
        [
            ProtocolAction.Own, new MetadataAction("id", "{}"), new AppTransaction("app", 7),
            .. Enumerable.Range(0, Files).Select(i => new AddFile($"f{i}", values, i, 2L * i) { StatsJson = $"{{\"numRecords\":{i}}}" }),
        ];
        Write(actions);
        Assert.Equal(
            [$"{Files + 3}|{Files}|1|1|1|{Files * (Files - 1L) / 2}|{Files * (Files - 1L)}|{Files}|{Files}"],
            _test.Texts(
                $"SELECT count(*), count(add), count(txn), count(metaData), count(protocol), sum(add.size), sum(add.modificationTime),"
                + " count(*) FILTER (add.partitionValues['day'] = '2024-01-02' AND add.path = 'f' || add.size),"
                + $" count(DISTINCT add.stats) FROM {Relation}"));
        Assert.Equal(["2"], _test.Texts($"SELECT num_row_groups FROM parquet_file_metadata({Sql.Literal(Path)})"));
    }

    [Fact]
    public void A_cancellation_ends_it()
    {
        using var cancellation = new CancellationTokenSource();
        using var target = new MemoryStream();
        var actions = Enumerable.Range(0, 10_000).Select(i =>
        {
            if (i == 5_000) cancellation.Cancel();
            return Add($"f{i}");
        });
        Assert.ThrowsAny<OperationCanceledException>(() => CheckpointRows.Write(actions, target, cancellation.Token));
    }

    static AddFile Add(string path) => new(path, PartitionValues.None, 1, 2);

    string Path => _test.PathTo("checkpoint.parquet");

    string Relation => $"read_parquet({Sql.Literal(Path)})";

    void Write(IEnumerable<LogAction> actions)
    {
        using var target = File.Create(Path);
        CheckpointRows.Write(actions, target, CancellationToken.None);
    }
}
