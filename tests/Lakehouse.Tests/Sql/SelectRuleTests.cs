namespace Kafka.Stock.Lakehouse.Tests;

public sealed class SelectRuleTests
{
    [Theory]
    [InlineData("SELECT 1")]
    [InlineData("select*from t")]
    [InlineData("  \t\r\n With x as (select 1) select * from x")]
    [InlineData("((SELECT 1))")]
    [InlineData("-- a comment; COPY\nSELECT 1")]
    [InlineData("/* COPY */ SELECT 1")]
    [InlineData("; SELECT 1")]
    [InlineData("FROM t")]
    [InlineData("VALUES (1)")]
    [InlineData("TABLE t")]
    [InlineData("SHOW TABLES")]
    [InlineData("DESCRIBE t")]
    [InlineData("summarize t")]
    [InlineData("")]
    [InlineData("-- only this")]
    [InlineData("/* not closed")]
    public void What_may_begin_a_SELECT_goes_on_to_DuckDB(string sql) => Assert.True(SelectRule.MayBeginSelect(sql));

    [Theory]
    [InlineData("EXPORT DATABASE 'x'")]
    [InlineData("/* */ EXPORT DATABASE 'x'")]
    [InlineData("-- x\n-- y\nCOPY t TO 'x'")]
    [InlineData("/* /* */ ATTACH 'x'")]
    [InlineData("(COPY t TO 'x')")]
    [InlineData("EXPLAIN ANALYZE COPY t TO 'x'")]
    [InlineData("SELECTED")]
    [InlineData("SELECT_1")]
    [InlineData("'SELECT'")]
    [InlineData("1")]
    public void Anything_else_does_not(string sql) => Assert.False(SelectRule.MayBeginSelect(sql));
}
