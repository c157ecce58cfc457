using Kafka.Stock.Contracts;

namespace Kafka.Stock.Lakehouse.Tests;

public sealed class DuckConnectionTests : IDisposable
{
    readonly TestDatabase _test = new();

    [Theory]
    [InlineData("selec 1", "Parser")]
    [InlineData("select x from nowhere", "Catalog")]
    [InlineData("select x from range(1)", "Binder")]
    [InlineData("select 'x'::int", "Conversion")]
    [InlineData("select * from range(1); select 1 +", "Parser")]
    public void Wrong_SQL_is_a_fault_of_its_writer_in_one_line(string sql, string kind)
    {
        var error = Assert.Throws<ConfigurationException>(() => Drain(sql));
        Assert.Equal("SQL", error.Where);
        Assert.Contains(kind, error.Expected);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ; -- nothing")]
    public void No_statement_is_said_so(string sql) =>
        Assert.Equal("no statement", Assert.Throws<ConfigurationException>(() => _test.Connection.Execute(sql)).Found);

    [Fact]
    public void A_NUL_is_refused_where_the_text_would_end_at_it() =>
        Assert.Throws<ConfigurationException>(() => _test.Connection.Execute("SELECT 1\0; nonsense"));

    [Fact]
    public void Statements_of_one_text_run_in_order_and_the_last_one_counts()
    {
        Assert.Equal(3, _test.Connection.Execute("CREATE TABLE t (i INT); INSERT INTO t VALUES (1); INSERT INTO t VALUES (2), (3), (4)"));
        Assert.Equal(["4"], _test.Texts("SELECT count(*) FROM t"));
    }

    [Fact]
    public void An_error_in_the_middle_of_a_stream_is_raised_and_not_taken_for_the_end()
    {
        using var result = _test.Connection.Query("SELECT CASE WHEN i = 900000 THEN error('here') ELSE i END FROM range(1000000) t(i)");
        Assert.Contains("here", Assert.ThrowsAny<StockException>(() => ReadAll(result)).Message);
    }

    [Fact]
    public void A_second_statement_while_a_result_is_read_is_a_bug()
    {
        using (var result = _test.Connection.Query("SELECT * FROM range(100000)"))
        {
            Assert.True(result.Read());
            Assert.Throws<InvalidOperationException>(() => _test.Connection.Execute("SELECT 1"));
            Assert.Throws<InvalidOperationException>(() => _test.Connection.Append("t"));
        }

        Assert.Equal(["1"], _test.Texts("SELECT 1"));
    }

    [Fact]
    public void A_long_statement_is_cancelled()
    {
        using var cancellation = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));
        Assert.ThrowsAny<OperationCanceledException>(
            () => _test.Connection.Execute("SELECT sum(a.i * b.i) FROM range(10000000) a(i), range(10000000) b(i)", cancellation.Token));
        Assert.Equal(["1"], _test.Texts("SELECT 1"));
    }

    [Fact]
    public void A_stream_is_cancelled_between_chunks()
    {
        using var cancellation = new CancellationTokenSource();
        using var result = _test.Connection.Query("SELECT * FROM range(1000000000)", cancellation.Token);
        Assert.True(result.Read());
        cancellation.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => ReadAll(result));
    }

    [Fact]
    public void A_result_that_is_given_up_ends_its_statement()
    {
        using var cancellation = new CancellationTokenSource();
        for (var round = 0; round < 20; round++)
        {
            using (var result = _test.Connection.Query("SELECT i FROM range(100_000_000) t(i) WHERE hash(i) % 7 = 3", cancellation.Token))
            {
                Assert.True(result.Read());
            }

            using var next = _test.Connection.Query("SELECT count(*) FROM range(1000)", cancellation.Token);
            Assert.True(next.Read());
            Assert.Equal(1000, next[0].Whole(0));
            Assert.False(next.Read());
        }
    }

    [Fact]
    public void A_cancelled_token_starts_nothing()
    {
        using var cancellation = new CancellationTokenSource();
        cancellation.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => _test.Connection.Execute("CREATE TABLE never (i INT)", cancellation.Token));
        Assert.Empty(_test.Texts("SELECT table_name FROM duckdb_tables()"));
    }

    [Fact]
    public void An_instant_is_written_in_UTC_whatever_the_machine_says() =>
        Assert.Equal(["2020-01-01 00:00:00+00"], _test.Texts("SELECT make_timestamptz(1577836800000000)"));

    [Fact]
    public void No_extension_is_loaded_or_installed()
    {
        Assert.Equal(
            ["allow_community_extensions|false", "autoinstall_known_extensions|false", "autoload_known_extensions|false"],
            _test.Texts("""
                SELECT name, value FROM duckdb_settings()
                WHERE name IN ('autoinstall_known_extensions', 'autoload_known_extensions', 'allow_community_extensions') ORDER BY name
                """));
        Assert.ThrowsAny<StockException>(() => _test.Connection.Execute("SELECT * FROM read_parquet('s3://nowhere/x.parquet')"));
    }

    [Fact]
    public void Options_out_of_range_are_refused()
    {
        Assert.Throws<ConfigurationException>(() => DuckDatabase.Open(new DuckOptions { ThreadCount = 0 }));
        Assert.Throws<ConfigurationException>(() => DuckDatabase.Open(new DuckOptions { MemoryLimitBytes = 1 << 20 }));
        Assert.Throws<ConfigurationException>(() => DuckDatabase.Open(new DuckOptions { TempBytesMax = -1 }));
    }

    [Fact]
    public void Memory_beyond_the_limit_without_a_folder_is_said_with_the_way_out()
    {
        using var database = DuckDatabase.Open(new DuckOptions { ThreadCount = 1, MemoryLimitBytes = DuckOptions.MemoryLimitBytesMin });
        using var connection = database.Connect();
        var error = Assert.Throws<ConfigurationException>(
            () => connection.Execute("CREATE TABLE big AS SELECT hash(i) a, hash(a) b FROM range(20_000_000) t(i)"));
        Assert.Contains("more memory", error.Expected);
    }

    void Drain(string sql)
    {
        using var result = _test.Connection.Query(sql);
        ReadAll(result);
    }

    static void ReadAll(DuckResult result)
    {
        while (result.Read()) Assert.True(result.RowCount > 0);
    }

    public void Dispose() => _test.Dispose();
}
