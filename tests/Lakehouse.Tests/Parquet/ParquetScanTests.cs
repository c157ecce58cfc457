using System.Collections.Immutable;
using Kafka.Stock.Contracts;

namespace Kafka.Stock.Lakehouse.Tests;

public sealed class ParquetScanTests
{
    static readonly StructType s_schema = new(
    [
        new StructField("symbol", DeltaType.Text),
        new StructField("volume", DeltaType.Int64),
        new StructField("day", DeltaType.Date),
        new StructField("nested", new StructType([new StructField("x", DeltaType.Int64), new StructField("y", DeltaType.Text)])),
    ]);

    [Fact]
    public void A_column_that_a_file_lacks_is_null_and_a_narrower_one_is_widened()
    {
        using var table = new TestTable(s_schema);
        var old = Raw(table, "old", "SELECT 'A' AS symbol, 5::INTEGER AS volume, {x: 1::SMALLINT} AS nested");
        var grown = Raw(table, "grown", """
            SELECT {y: 'q', x: 2} AS nested, 'B' AS "SYMBOL", 7 AS volume, DATE '2020-01-01' AS day, 1 AS stranger
            """);
        Assert.Equal(
            ["A|5|∅|{'x': 1, 'y': NULL}", "B|7|2020-01-01|{'x': 2, 'y': q}"],
            table.Test.Texts($"SELECT * FROM {new ParquetScan(s_schema, [], [old, grown]).Relation}"));
        Assert.Equal(
            ["A|∅"], table.Test.Texts($"SELECT symbol, day FROM {new ParquetScan(s_schema, [], [old]).Relation}"));
    }

    [Fact]
    public void Columns_have_the_tables_types_whatever_is_in_the_files()
    {
        using var table = new TestTable(s_schema);
        var file = Raw(table, "file", "SELECT 1 AS symbol, 2::TINYINT AS volume");
        foreach (var files in new ImmutableArray<ScanFile>[] { [file], [] })
        {
            using var result = table.Connection.Query($"SELECT * FROM {new ParquetScan(s_schema, [], files).Relation}");
            Assert.Equal(
                ["symbol Varchar", "volume BigInt", "day Date", "nested Struct"],
                result.Columns.Select(column => $"{column.Name} {column.Type}"));
        }
    }

    [Fact]
    public void Partition_values_come_from_the_log_and_not_from_path_or_file()
    {
        using var table = new TestTable(s_schema, "symbol", "volume");
        var file = Raw(table, "symbol=PATH/volume=1/part", "SELECT 'FILE' AS symbol, 3 AS volume, DATE '2020-01-01' AS day");
        var values = PartitionValues.Of(("symbol", "LOG"), ("volume", "2"));
        var scan = new ParquetScan(s_schema, ["symbol", "volume"], [file with { PartitionValues = values }]);
        Assert.Equal(["LOG|2|2020-01-01|∅"], table.Test.Texts($"SELECT * FROM {scan.Relation}"));
    }

    [Fact]
    public void A_partition_that_a_WHERE_excludes_is_not_planned()
    {
        using var table = new TestTable(s_schema, "symbol");
        var files = table.Write("SELECT 'S' || i % 5 AS symbol, i AS volume, NULL AS day, NULL AS nested FROM range(100) t(i)");
        var plan = string.Join('\n', table.Test.Texts($"SELECT count(*) FROM {table.Scan(files).Relation} WHERE symbol = 'S3'"));
        Assert.Equal("20", plan);
        using var result = table.Connection.Query($"EXPLAIN SELECT sum(volume) FROM {table.Scan(files).Relation} WHERE symbol = 'S3'");
        Assert.True(result.Read());
        Assert.Equal(2, result[1].Text(0)!.Split("Function:").Length);
    }

    [Fact]
    public void Many_partitions_are_read_by_their_first_column_and_the_files_number()
    {
        using var table = new TestTable(s_schema, "symbol", "day");
        var one = Assert.Single(table.Write("SELECT 'x' AS symbol, 1 AS volume, DATE '2020-01-01' AS day, NULL AS nested"));
        var start = new DateOnly(2000, 1, 1);
        var days = Enumerable.Range(0, 1000).Select(i => i % 7 == 0 ? null : PartitionText.Of(start.AddDays(i))).ToList();
        var values = days.Select((day, i) => PartitionValues.Of(("symbol", $"S{i % 4}"), ("day", day)));
        var files = values.Select(value => new ScanFile(table.PathOf(one), value)).ToList();
        var scan = new ParquetScan(s_schema, ["symbol", "day"], files);
        Assert.Equal(4, scan.Relation.Split("read_parquet").Length - 1);
        Assert.Equal(
            days.Select((day, i) => $"S{i % 4}|{day ?? "∅"}|1").Order(StringComparer.Ordinal),
            table.Test.Texts($"SELECT symbol, day, volume FROM {scan.Relation}").Order(StringComparer.Ordinal));
        Assert.Equal(
            days.Select(day => day ?? "∅").Order(StringComparer.Ordinal),
            table.Test.Texts($"SELECT day FROM {new ParquetScan(s_schema, ["day"], files).Relation}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_column_named_as_DuckDB_names_a_files_number_is_the_tables()
    {
        var schema = new StructType([new StructField("file_index", DeltaType.Int64), new StructField("p", DeltaType.Int32)]);
        using var table = new TestTable(schema, "p");
        var one = Assert.Single(table.Write("SELECT 77 AS file_index, 0 AS p"));
        var files = Enumerable.Range(0, 100).Select(i => new ScanFile(table.PathOf(one), PartitionValues.Of(("p", $"{i}"))));
        Assert.Equal(
            ["7700|4950"], table.Test.Texts($"SELECT sum(file_index), sum(p) FROM {new ParquetScan(schema, ["p"], [.. files]).Relation}"));
    }

    [Fact]
    public void Only_the_columns_asked_for_are_read()
    {
        using var table = new TestTable(s_schema);
        var files = table.Write("SELECT 'A' AS symbol, i AS volume, NULL AS day, NULL AS nested FROM range(10) t(i)");
        using var result = table.Connection.Query($"EXPLAIN SELECT symbol FROM {table.Scan(files).Relation} WHERE volume > 5");
        Assert.True(result.Read());
        Assert.Contains("volume>5", result[1].Text(0));
        Assert.DoesNotContain("nested", result[1].Text(0));
    }

    [Fact]
    public void A_missing_file_is_an_error_of_the_table()
    {
        using var table = new TestTable(s_schema);
        var file = table.Write("SELECT 'A' AS symbol, 1 AS volume, NULL AS day, NULL AS nested");
        var scan = table.Scan(file);
        File.Delete(table.PathOf(file[0]));
        var error = Assert.ThrowsAny<StockException>(() => table.Count(scan.Relation));
        var named = ParquetFaults.Named(table.Test.Database, scan.Files, error, CancellationToken.None);
        Assert.Equal(table.PathOf(file[0]), Assert.IsType<BrokenInputException>(named).Where);
    }

    static ScanFile Raw(TestTable table, string name, string select)
    {
        var path = Path.Combine(table.Folder, name + ".parquet");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        table.Connection.Execute($"COPY ({select}) TO {Sql.Literal(path)} (FORMAT parquet)");
        return new ScanFile(path, PartitionValues.None);
    }
}
