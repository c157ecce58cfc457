using Kafka.Stock.Contracts;

namespace Kafka.Stock.Lakehouse.Tests;

public sealed class DuckLockTests : IDisposable
{
    readonly TestDatabase _test = new();
    readonly DuckConnection _locked;

    public DuckLockTests()
    {
        Directory.CreateDirectory(_test.PathTo("lake/deep"));
        Directory.CreateDirectory(_test.PathTo("lakeside"));
        File.WriteAllText(_test.PathTo("lakeside/secret.csv"), "a,b\n1,2\n");
        File.WriteAllText(_test.PathTo("secret.csv"), "a,b\n1,2\n");
        _test.Connection.Execute($"COPY (SELECT 1 AS i) TO {Sql.Literal(_test.PathTo("lake/deep/one.parquet"))} (FORMAT parquet)");
        _test.Connection.Execute($"CREATE VIEW one AS SELECT * FROM read_parquet({Sql.Literal(_test.PathTo("lake/deep/one.parquet"))})");
        _test.Connection.Execute("CREATE TABLE kept (i INT)");
        _test.Database.Lock([_test.PathTo("lake")], [_test.PathTo("other.parquet")]);
        _locked = _test.Database.Connect();
    }

    [Theory]
    [InlineData("SELECT * FROM one", "1")]
    [InlineData("WITH w AS (SELECT i + 1 FROM one) SELECT * FROM w", "2")]
    [InlineData("FROM one SELECT i", "1")]
    [InlineData("VALUES (3)", "3")]
    [InlineData(" -- why\n /* not */ ((select i from one))", "1")]
    [InlineData("TABLE one", "1")]
    public void What_reads_the_lake_is_answered(string sql, string expected) => Assert.Equal([expected], TestDatabase.Texts(_locked, sql));

    [Fact]
    public void Files_of_the_lake_are_readable_by_path() => Assert.Equal(
        ["1"], TestDatabase.Texts(_locked, $"SELECT count(*) FROM {Sql.Literal(_test.PathTo("lake/deep/one.parquet"))}"));

    [Theory]
    [InlineData("COPY (SELECT 1) TO '$/lake/written.csv'")]
    [InlineData("COPY one TO '$/written.parquet' (FORMAT parquet)")]
    [InlineData("EXPLAIN ANALYZE COPY (SELECT 1) TO '$/lake/written.csv'")]
    [InlineData("SELECT 1; COPY (SELECT 1) TO '$/lake/written.csv'; SELECT 2")]
    [InlineData("EXPORT DATABASE '$/lake/written'")]
    [InlineData("ATTACH '$/lake/written.db'")]
    [InlineData("CREATE TABLE t AS SELECT 1")]
    [InlineData("DROP VIEW one")]
    [InlineData("INSTALL httpfs")]
    [InlineData("LOAD '$/lake/x.duckdb_extension'")]
    [InlineData("SET enable_external_access = true")]
    [InlineData("RESET lock_configuration")]
    [InlineData("PRAGMA threads = 1")]
    [InlineData("PRAGMA enable_profiling")]
    [InlineData("SET VARIABLE x = 1")]
    [InlineData("CALL pragma_version()")]
    [InlineData("PREPARE p AS COPY (SELECT 1) TO '$/lake/written.csv'")]
    [InlineData("IMPORT DATABASE '$/lake'")]
    [InlineData("SELECT 1; SELECT 2")]
    [InlineData("SELECT 1; EXPORT DATABASE '$/lake/written'")]
    [InlineData("/* */ -- \n EXPORT DATABASE '$/lake/written'")]
    [InlineData("WITH w AS (SELECT 1) INSERT INTO kept SELECT * FROM w")]
    public void What_is_no_SELECT_is_refused_and_leaves_nothing(string sql)
    {
        Assert.Throws<RefusedException>(() => _locked.Execute(sql.Replace("$", _test.Folder, StringComparison.Ordinal)));
        var entries = Directory.GetFileSystemEntries(_test.PathTo("lake"), "*", SearchOption.AllDirectories);
        Assert.Equal(["lake/deep", "lake/deep/one.parquet"], entries.Select(path => Path.GetRelativePath(_test.Folder, path)).Order());
    }

    [Theory]
    [InlineData("SELECT * FROM read_csv('/etc/passwd')")]
    [InlineData("(SELECT * FROM read_csv('/etc/passwd'))")]
    [InlineData("SELECT * FROM '$/secret.csv'")]
    [InlineData("SELECT * FROM read_text('$/lakeside/secret.csv')")]
    [InlineData("SELECT * FROM read_blob('$/lake/../secret.csv')")]
    [InlineData("SELECT * FROM read_csv('$/lake/deep/../../secret.csv')")]
    [InlineData("SELECT * FROM read_csv(['$/lake/deep/one.parquet', '$/secret.csv'])")]
    [InlineData("SELECT * FROM glob('/etc/*')")]
    [InlineData("SELECT * FROM read_parquet('https://localhost/x.parquet')")]
    [InlineData("SELECT * FROM sniff_csv('$/secret.csv')")]
    [InlineData("SELECT * FROM parquet_metadata('$/secret.csv')")]
    public void What_reads_outside_is_refused(string sql) =>
        Assert.Throws<RefusedException>(() => Drain(sql.Replace("$", _test.Folder, StringComparison.Ordinal)));

    [Fact]
    public void Any_other_file_is_no_table() =>
        Assert.Contains("does not exist", Assert.Throws<ConfigurationException>(() => Drain("SELECT * FROM '/etc/passwd'")).Message);

    [Fact]
    public void A_description_is_a_SELECT() => Assert.Contains("i", Assert.Single(TestDatabase.Texts(_locked, "DESCRIBE one")));

    [Fact]
    public void DuckDBs_own_wall_stands_without_ours()
    {
        // A connection from before the lock takes any statement; the settings hold for it all the same.
        foreach (var setting in (string[])
            ["enable_external_access = true", "allowed_directories = ['/']", "lock_configuration = false", "threads = 1"])
        {
            var sql = $"SET {setting}";
            Assert.ThrowsAny<StockException>(() => _test.Connection.Execute(sql));
        }

        foreach (var sql in new[] { "ATTACH '$/x.db'", "COPY (SELECT 1) TO '$/x.csv'", "INSTALL httpfs", "LOAD httpfs" })
        {
            Assert.Throws<RefusedException>(() => _test.Connection.Execute(sql.Replace("$", _test.Folder, StringComparison.Ordinal)));
        }
    }

    void Drain(string sql)
    {
        using var result = _locked.Query(sql);
        while (result.Read()) Assert.True(result.RowCount > 0);
    }

    public void Dispose()
    {
        _locked.Dispose();
        _test.Dispose();
    }
}
