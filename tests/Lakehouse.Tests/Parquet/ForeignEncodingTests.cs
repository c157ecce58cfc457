using Kafka.Stock.TestKit;

namespace Kafka.Stock.Lakehouse.Tests;

/// <summary>Encodings that other writers choose, read as the table's types.</summary>
public sealed class ForeignEncodingTests : IDisposable
{
    readonly TestDatabase _test = new();

    [SkippableTheory]
    [InlineData("parquet-decimal-dictionaries")]
    [InlineData("parquet-decimal-dictionaries-v2")]
    public void Decimals_in_dictionaries_over_a_million_rows(string table)
    {
        var schema = new StructType(
        [
            new StructField("id", DeltaType.Int32),
            new StructField("col1", new DecimalType(9, 0)),
            new StructField("col2", new DecimalType(12, 0)),
            new StructField("col3", new DecimalType(25, 0)),
        ]);
        var scan = new ParquetScan(schema, [], Files(table));
        Assert.Equal(
            ["1000000|499999500000|2000000|2499996|500000"],
            _test.Texts($"SELECT count(*), sum(id), sum(col1), sum(col2), sum(col3) FROM {scan.Relation}"));
        Assert.Equal(
            ["0"],
            _test.Texts($"SELECT count(*) FROM {scan.Relation} WHERE col1 != id % 5 OR col2 != id % 6 OR col3 != id % 2"));
    }

    [SkippableTheory]
    [InlineData("kernel-timestamp-INT96", "INT96")]
    [InlineData("kernel-timestamp-TIMESTAMP_MICROS", "INT64")]
    public void Instants_of_96_and_64_bits_are_the_same_instants(string table, string type)
    {
        var schema = new StructType([new StructField("id", DeltaType.Int32), new StructField("time", DeltaType.Timestamp)]);
        var files = Files(table);
        var scan = new ParquetScan(schema, [], files);
        Assert.Equal([type], _test.Texts($"SELECT type FROM parquet_schema({Sql.PathLiteral(files[0].Path)}) WHERE name = 'time'"));
        Assert.Equal(
            ["0|1580544550000000", "1|915181200000000", "2|946717200000000", "3|-31536000000000", "4|∅"],
            _test.Texts($"SELECT id, epoch_us(time) FROM {scan.Relation} ORDER BY id"));
    }

    [Theory]
    [InlineData("TIMESTAMP_S", "2020-01-02 03:04:05")]
    [InlineData("TIMESTAMP_MS", "2020-01-02 03:04:05.678")]
    [InlineData("TIMESTAMP_MS", "1969-12-31 23:59:59.999")]
    [InlineData("TIMESTAMP", "2020-01-02 03:04:05.678901")]
    [InlineData("TIMESTAMPTZ", "2020-01-02 03:04:05.678901")]
    [InlineData("TIMESTAMP_NS", "2020-01-02 03:04:05.678901")]
    [InlineData("DATE", "2020-01-02 00:00:00")]
    public void Instants_of_every_unit_become_microseconds_in_UTC(string type, string time) => Assert.Equal(
        [$"{time}+00"], Read(DeltaType.Timestamp, $"SELECT '{time}'::{type} AS v"));

    [Theory]
    [InlineData("DECIMAL(4,1)")]
    [InlineData("DECIMAL(9,6)")]
    [InlineData("DECIMAL(18,2)")]
    [InlineData("DECIMAL(38,20)")]
    [InlineData("DOUBLE")]
    [InlineData("VARCHAR")]
    public void A_price_of_any_width_becomes_the_tables(string type) => Assert.Equal(
        ["-12.500000"], Read(new DecimalType(18, 6), $"SELECT '-12.5'::{type} AS v"));

    [Theory]
    [InlineData("SMALLINT")]
    [InlineData("UTINYINT")]
    [InlineData("INTEGER")]
    [InlineData("UBIGINT")]
    public void A_whole_number_of_any_width_becomes_the_tables(string type) => Assert.Equal(
        ["200"], Read(DeltaType.Int64, $"SELECT 200::{type} AS v"));

    [Theory]
    [InlineData("snappy", "V1")]
    [InlineData("gzip", "V1")]
    [InlineData("lz4_raw", "V2")]
    [InlineData("brotli", "V2")]
    [InlineData("uncompressed", "V2")]
    [InlineData("zstd", "V2")]
    public void Every_codec_and_both_page_versions_are_read(string codec, string version)
    {
        var path = _test.PathTo("codec.parquet");
        _test.Connection.Execute($"""
            COPY (SELECT i AS v, repeat('x', i % 50) AS t FROM range(10000) t(i)) TO {Sql.Literal(path)}
            (FORMAT parquet, COMPRESSION {codec}, PARQUET_VERSION {version})
            """);
        var schema = new StructType([new StructField("v", DeltaType.Int64), new StructField("t", DeltaType.Text)]);
        var scan = new ParquetScan(schema, [], [new ScanFile(path, PartitionValues.None)]);
        Assert.Equal(["49995000|245000"], _test.Texts($"SELECT sum(v), sum(length(t)) FROM {scan.Relation}"));
    }

    List<string> Read(DeltaType type, string select)
    {
        var path = _test.PathTo("one.parquet");
        _test.Connection.Execute($"COPY ({select}) TO {Sql.Literal(path)} (FORMAT parquet)");
        var scan = new ParquetScan(new StructType([new StructField("v", type)]), [], [new ScanFile(path, PartitionValues.None)]);
        return _test.Texts($"SELECT v FROM {scan.Relation}");
    }

    static List<ScanFile> Files(string table)
    {
        var folder = SharedFiles.PathTo($"conformance/delta/golden/{table}");
        var files = Directory.GetFiles(folder, "*.parquet", SearchOption.AllDirectories);
        return [.. files.Order(StringComparer.Ordinal).Select(file => new ScanFile(file, PartitionValues.None))];
    }

    public void Dispose() => _test.Dispose();
}
