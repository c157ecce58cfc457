using FsCheck;
using FsCheck.Fluent;
using Kafka.Stock.Contracts;

namespace Kafka.Stock.Lakehouse.Tests;

public sealed class ParquetWriterTests
{
    static readonly StructType s_bars = new(
    [
        new StructField("interval", DeltaType.Text),
        new StructField("end", DeltaType.Timestamp),
        new StructField("close", new DecimalType(18, 6)),
        new StructField("year", DeltaType.Int32),
    ]);

    [Fact]
    public void Every_type_comes_back_with_nulls_and_extremes_as_it_went()
    {
        using var table = new TestTable(TypedRows.AllTypes);
        Prop.ForAll(TypedRows.RowOf(TypedRows.AllTypes).ListOf().ToArbitrary(), rows =>
        {
            var select = TypedRows.Select(TypedRows.AllTypes, [.. rows]);
            var files = table.Write(select);
            var expected = table.Test.Texts(select);
            return files.Count == (rows.Count > 0 ? 1 : 0) && table.Rows(files).SequenceEqual(expected);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(40));
    }

    [Fact]
    public void Parquet_has_the_types_that_the_table_of_types_says()
    {
        using var table = new TestTable(TypedRows.AllTypes);
        var nulls = string.Join(", ", TypedRows.AllTypes.Fields.Select(field => $"NULL AS {Sql.Name(field.Name)}"));
        var file = Assert.Single(table.Write($"SELECT {nulls}"));
        var found = table.Test.Texts(
            $"""
            SELECT concat_ws(' ', name, type, converted_type, logical_type, scale, precision)
            FROM parquet_schema({Sql.PathLiteral(table.PathOf(file))}) WHERE name IN
            ('text', 'int64', 'int32', 'int16', 'int8', 'float32', 'float64', 'truth',
             'bytes', 'day', 'instant', 'price', 'dec4', 'dec9', 'dec38')
            """);
        Assert.Equal(
            [
                "text BYTE_ARRAY UTF8",
                "int64 INT64 INT_64",
                "int32 INT32 INT_32",
                "int16 INT32 INT_16",
                "int8 INT32 INT_8",
                "float32 FLOAT",
                "float64 DOUBLE",
                "truth BOOLEAN",
                "bytes BYTE_ARRAY",
                "day INT32 DATE",
                "instant INT64 TIMESTAMP_MICROS TimestampType(isAdjustedToUTC=1, "
                    + "unit=TimeUnit(MILLIS=<null>, MICROS=MicroSeconds(), NANOS=<null>))",
                "price INT64 DECIMAL DecimalType(scale=6, precision=18) 6 18",
                "dec4 INT32 DECIMAL DecimalType(scale=2, precision=4) 2 4",
                "dec9 INT32 DECIMAL DecimalType(scale=0, precision=9) 0 9",
                "dec38 FIXED_LEN_BYTE_ARRAY DECIMAL DecimalType(scale=10, precision=38) 10 38",
            ],
            found);
    }

    [Fact]
    public void Sums_of_whole_numbers_are_whole_numbers_in_the_file()
    {
        using var table = new TestTable(new StructType([new StructField("volume", DeltaType.Int64)]));
        var file = Assert.Single(table.Write("SELECT sum(i) AS volume FROM range(10) t(i)"));
        var relation = $"read_parquet({Sql.PathLiteral(table.PathOf(file))})";
        Assert.Equal(["BIGINT|45"], table.Test.Texts($"SELECT typeof(volume), volume FROM {relation}"));
        Assert.Throws<ConfigurationException>(() => table.Write($"SELECT sum(9223372036854775807) AS volume FROM range(2)"));
    }

    [Fact]
    public void Columns_are_found_by_name_and_a_missing_one_is_said()
    {
        using var table = new TestTable(s_bars);
        var files = table.Write("SELECT 2020 AS \"YEAR\", 7 AS close, 'more' AS more, '2020-01-01' AS \"end\", '1d' AS interval");
        Assert.Equal(["1d|2020-01-01 00:00:00+00|7.000000|2020"], table.Rows(files));
        Assert.Throws<ConfigurationException>(() => table.Write("SELECT 2020 AS year"));
    }

    [Fact]
    public void A_file_a_partition_in_order_of_their_values_and_rows_in_theirs()
    {
        using var table = new TestTable(s_bars, "interval", "year");
        var files = table.Write("""
            SELECT if(i % 2 = 0, '1m', '1d') AS interval, make_timestamptz(i) AS "end", i AS close, 2020 + i // 50000 AS year
            FROM range(100000) t(i)
            """, id: "abc-1");
        Assert.Equal(
            [
                "interval=1d/year=2020/part-00000-abc-1.zstd.parquet",
                "interval=1d/year=2021/part-00001-abc-1.zstd.parquet",
                "interval=1m/year=2020/part-00002-abc-1.zstd.parquet",
                "interval=1m/year=2021/part-00003-abc-1.zstd.parquet",
            ],
            files.Select(file => file.Key));
        Assert.All(files, file => Assert.Equal(25000, FileStatistics.ReadNumRecords(file.StatsJson)));
        Assert.All(files, file => Assert.Equal(new FileInfo(table.PathOf(file)).Length, file.SizeBytes));
        Assert.All(files, file => Assert.Equal(["end", "close"], file.Schema.Fields.Select(field => field.Name)));
        var withBefore = $"SELECT close, lag(close) OVER () AS before FROM {table.Scan(files.Take(1)).Relation}";
        Assert.Equal(["0"], table.Test.Texts($"SELECT count(*) FILTER (close < before) FROM ({withBefore})"));
        Assert.Empty(table.Test.Texts("SELECT table_name FROM duckdb_tables()"));
    }

    [Fact]
    public void Partition_values_of_every_type_come_back_as_they_went()
    {
        foreach (var field in TypedRows.ComparableTypes.Fields)
        {
            // 0.0 and -0.0 are one value to SQL, and so one partition.
            var values = TypedRows.ConstantOf(field.Type)
                .Where(text => text.Length < 200 && !text.Contains("'-0.0'", StringComparison.Ordinal));
            using var table = new TestTable(new StructType([field, new StructField("row", DeltaType.Int64)]), field.Name);
            Prop.ForAll(values.ListOf(6).ToArbitrary(), some =>
            {
                var rows = some.Select((value, i) => new[] { value, $"{i}::BIGINT" }).ToList();
                var select = TypedRows.Select(table.Schema, rows);
                var files = table.Write(select);
                var expected = field.Type == DeltaType.Text ? $"SELECT nullif(text, ''), row FROM ({select})" : select;
                return files.Select(file => file.PartitionValues).Distinct().Count() == files.Count
                    && table.Rows(files).Order().SequenceEqual(table.Test.Texts(expected).Order());
            }).Check(Config.QuickThrowOnFailure.WithMaxTest(10));
        }
    }

    [Theory]
    [InlineData("a=b/c d", "interval=a%3Db%2Fc d/part-00000-x.zstd.parquet")]
    [InlineData("../../up", "interval=..%2F..%2Fup/part-00000-x.zstd.parquet")]
    [InlineData("100%*?[1]", "interval=100%25%2A%3F%5B1%5D/part-00000-x.zstd.parquet")]
    [InlineData("it's \"é😀\"", "interval=it%27s %22é😀%22/part-00000-x.zstd.parquet")]
    [InlineData("a\nb", "interval=a%0Ab/part-00000-x.zstd.parquet")]
    [InlineData("", "interval=__HIVE_DEFAULT_PARTITION__/part-00000-x.zstd.parquet")]
    [InlineData("__HIVE_DEFAULT_PARTITION__", "interval=__HIVE_DEFAULT_PARTITION__/part-00000-x.zstd.parquet")]
    public void Odd_partition_values_make_a_folder_below_the_table(string value, string key)
    {
        using var table = new TestTable(s_bars, "interval");
        var select = $"SELECT {Sql.Literal(value)} AS interval, '2020-01-01' AS \"end\", 1 AS close, 2 AS year";
        var file = Assert.Single(table.Write(select, id: "x"));
        Assert.Equal(key, file.Key);
        Assert.Equal(value.Length == 0 ? null : value, file.PartitionValues["interval"]);
        Assert.StartsWith(table.Folder, Path.GetFullPath(table.PathOf(file)), StringComparison.Ordinal);
        using var result = table.Connection.Query($"SELECT interval FROM {table.Scan([file]).Relation}");
        Assert.True(result.Read());
        Assert.Equal(value.Length == 0 ? null : value, result[0].Text(0));
    }

    [Fact]
    public void The_protocols_strings_are_used_for_partition_values()
    {
        var schema = new StructType(
        [
            new StructField("t", DeltaType.Timestamp),
            new StructField("d", DeltaType.Date),
            new StructField("b", DeltaType.Truth),
            new StructField("x", DeltaType.Int8),
        ]);
        using var table = new TestTable(schema, "t", "d", "b");
        var file = Assert.Single(table.Write("SELECT '2020-01-02 03:04:05.000006+01' AS t, '2020-01-02' AS d, true AS b, 1 AS x"));
        Assert.Equal(PartitionValues.Of(("t", "2020-01-02 02:04:05.000006"), ("d", "2020-01-02"), ("b", "true")), file.PartitionValues);
    }

    [Fact]
    public void No_rows_make_no_file()
    {
        using var table = new TestTable(s_bars);
        Assert.Empty(table.Write("SELECT '1d' AS interval, NULL AS \"end\", NULL AS close, NULL AS year WHERE false"));
        Assert.Empty(Directory.GetFiles(table.Folder, "*", SearchOption.AllDirectories));
        Assert.Equal(0, table.Count(table.Scan([]).Relation));
    }

    [Fact]
    public void A_failure_leaves_no_file()
    {
        using var table = new TestTable(s_bars, "year");
        const string Rows = "SELECT '1d' AS interval, NULL AS \"end\", NULL AS close, i AS year FROM range(20) t(i)";
        Assert.Throws<ConfigurationException>(() => table.Write($"{Rows} UNION ALL SELECT 'x', NULL, 'no price', 30"));
        Assert.Throws<ConfigurationException>(() => table.Write(Rows, new ParquetOptions { PartitionsMax = 19 }));
        Directory.CreateDirectory(Path.Combine(table.Folder, "year=15", "part-00015-w3.zstd.parquet"));
        Assert.ThrowsAny<Exception>(() => table.Write(Rows));
        Assert.Empty(Directory.Exists(table.Folder) ? Directory.GetFiles(table.Folder, "*", SearchOption.AllDirectories) : []);
        Assert.Empty(table.Test.Texts("SELECT table_name FROM duckdb_tables()"));
    }

    [Fact]
    public void A_write_that_is_cancelled_at_any_moment_leaves_no_file()
    {
        using var table = new TestTable(s_bars, "year");
        const string Rows = """
            SELECT '1d' AS interval, make_timestamptz(i) AS "end", hash(i) % 1000 AS close, i % 4 AS year FROM range(300000) t(i)
            """;
        var ended = 0;
        for (var moment = 0; moment < 60; moment++)
        {
            using var cancellation = new CancellationTokenSource(TimeSpan.FromMilliseconds(moment * 3));
            try
            {
                var target = table.Target();
                foreach (var file in ParquetWriter.Write(table.Connection, target, Rows, new ParquetOptions(), cancellation.Token))
                {
                    File.Delete(table.PathOf(file));
                }
            }
            catch (OperationCanceledException)
            {
                ended++;
            }

            Assert.Empty(Directory.Exists(table.Folder) ? Directory.GetFiles(table.Folder, "*", SearchOption.AllDirectories) : []);
            Assert.Empty(table.Test.Texts("SELECT table_name FROM duckdb_tables()"));
        }

        Assert.True(ended > 0, "no write was cancelled: nothing was tested");
    }

    [Fact]
    public void The_same_rows_give_the_same_bytes()
    {
        using var table = new TestTable(s_bars);
        const string Rows = """
            SELECT '1d' AS interval, make_timestamptz(i * 1000) AS "end", hash(i) % 1000 AS close, 2020 AS year FROM range(500000) t(i)
            """;
        var first = Assert.Single(table.Write(Rows, id: "first"));
        var second = Assert.Single(table.Write(Rows, id: "second"));
        Assert.Equal(File.ReadAllBytes(table.PathOf(first)), File.ReadAllBytes(table.PathOf(second)));
        Assert.Equal(first.StatsJson, second.StatsJson);
    }

    [Fact]
    public void Targets_that_make_no_sense_are_refused()
    {
        using var table = new TestTable(s_bars);
        Assert.Throws<InvalidOperationException>(() => table.Write("SELECT 1", id: "a/b"));
        Assert.Throws<InvalidOperationException>(() => table.Write("SELECT 1", id: ""));
        using var partitioned = new TestTable(s_bars, "nowhere");
        Assert.Throws<InvalidOperationException>(() => partitioned.Write("SELECT 1"));
        var schema = new StructType([new StructField("b", DeltaType.Binary), new StructField("x", DeltaType.Int8)]);
        using var bytes = new TestTable(schema, "b");
        Assert.Throws<RefusedException>(() => bytes.Write("SELECT ''::BLOB AS b, 1 AS x"));
        using var texts = new TestTable(s_bars, "interval");
        Assert.Throws<RefusedException>(() => texts.Write("SELECT repeat('é', 130) AS interval, NULL AS \"end\", 1 AS close, 2 AS year"));
    }
}
