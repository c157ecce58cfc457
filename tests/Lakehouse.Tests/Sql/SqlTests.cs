using FsCheck;
using FsCheck.Fluent;
using Kafka.Stock.Contracts;

namespace Kafka.Stock.Lakehouse.Tests;

public sealed class SqlTests : IDisposable
{
    readonly TestDatabase _test = new();

    [Fact]
    public void Any_text_comes_back_from_its_literal() => Prop.ForAll<string>(text =>
    {
        if (text is null || text.Any(char.IsSurrogate)) return true;
        using var result = _test.Connection.Query($"SELECT {Sql.Literal(text)}");
        return result.Read() && result[0].Text(0) == text;
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("'")]
    [InlineData("'; DROP TABLE t; --")]
    [InlineData("a\0b\0")]
    [InlineData("\\x41 \\' E'\\n'")]
    [InlineData("é€😀")]
    public void Odd_texts_come_back_from_their_literals(string text)
    {
        using var result = _test.Connection.Query($"SELECT {Sql.Literal(text)}");
        Assert.True(result.Read());
        Assert.Equal(text, result[0].Text(0));
    }

    [Fact]
    public void Any_bytes_come_back_from_their_literal() => Prop.ForAll<byte[]>(bytes =>
    {
        using var result = _test.Connection.Query($"SELECT {Sql.Literal((bytes ?? []).AsSpan())}");
        return result.Read() && result[0].Bytes(0).SequenceEqual(bytes ?? []);
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("30_day_ma_close")]
    [InlineData("select")]
    [InlineData("a \"b\" c")]
    [InlineData("a;b--c'd")]
    public void Any_name_names_a_column(string name)
    {
        _test.Connection.Execute($"CREATE TABLE t ({Sql.Name(name)} INT)");
        using var result = _test.Connection.Query($"SELECT {Sql.Name(name)} FROM t");
        Assert.Equal(name, result.Columns[0].Name);
    }

    [Fact]
    public void An_empty_name_is_refused()
    {
        Assert.Throws<ArgumentException>(() => Sql.Name(""));
        Assert.Throws<ArgumentException>(() => Sql.Name("a\0b"));
    }

    [Theory]
    [InlineData("a*b.parquet", "aXb.parquet")]
    [InlineData("a?b.parquet", "aXb.parquet")]
    [InlineData("a[bc]d.parquet", "abd.parquet")]
    [InlineData("[a]*?[.parquet", "aXX[.parquet")]
    [InlineData("a'b\\c d%20{e}.parquet", "abc.parquet")]
    public void A_path_with_odd_characters_is_that_file_and_no_other(string name, string other)
    {
        Write(name, 1);
        Write(other, 2);
        Assert.Equal(["1"], _test.Texts($"SELECT * FROM read_parquet({Sql.PathLiteral(_test.PathTo(name))})"));
        Assert.Equal(["1"], _test.Texts($"SELECT * FROM read_parquet([{Sql.PathLiteral(_test.PathTo(name))}])"));
        File.Delete(_test.PathTo(name));
        Assert.ThrowsAny<StockException>(() => _test.Texts($"SELECT * FROM read_parquet({Sql.PathLiteral(_test.PathTo(name))})"));
    }

    void Write(string name, int value)
    {
        _test.Connection.Execute($"COPY (SELECT {value} AS i) TO {Sql.Literal(_test.PathTo("plain"))} (FORMAT parquet)");
        File.Copy(_test.PathTo("plain"), _test.PathTo(name));
    }

    public void Dispose() => _test.Dispose();
}
