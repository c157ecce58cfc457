using System.Text;
using Kafka.Stock.Contracts;

namespace Kafka.Stock.Lakehouse.Tests;

[Collection(nameof(Alone))]
public sealed class DuckRowsTests : IDisposable
{
    readonly TestDatabase _test = new();
    readonly DuckRowType _type;

    public DuckRowsTests()
    {
        _test.Database.TakeRows(_test.Connection);
        _type = new DuckRowType(
            _test.Connection, [("n", "BIGINT"), ("a \"text\"", "VARCHAR"), ("price", "DECIMAL(18,6)"), ("yes", "BOOLEAN")]);
    }

    public void Dispose()
    {
        _type.Dispose();
        _test.Dispose();
    }

    [Fact]
    public void Values_texts_of_any_length_and_gaps_come_through()
    {
        using var rows = new DuckRows(_type);
        var chunk = _type.NewChunk();
        for (var row = 0; row < 3; row++)
        {
            chunk.Values<long>(0)[row] = row - 1;
            chunk.SetBytes(1, row, Encoding.UTF8.GetBytes(new string('ü', row * 10)));
            chunk.Values<long>(2)[row] = row * Price.Unit / 2;
            chunk.Values<bool>(3)[row] = row == 1;
        }

        chunk.SetNull(0, 1);
        chunk.SetNull(1, 0);
        chunk.End(3);
        rows.Add(chunk);
        Assert.Equal(
            ["-1|∅|0.000000|false", $"∅|{new string('ü', 10)}|0.500000|true", $"1|{new string('ü', 20)}|1.000000|false"],
            _test.Texts($"SELECT * FROM {rows.Relation}"));
    }

    /// <summary>The texts are held by a result whose chunks here are gone.</summary>
    [Fact]
    public void Many_chunks_come_in_their_order()
    {
        using var rows = Rows(100);
        _test.Connection.Execute($"CREATE TABLE kept AS SELECT * FROM {rows.Relation}");
        Assert.Equal(["204800|true"], _test.Texts(
            "SELECT count(*), bool_and(n = place AND \"a \"\"text\"\"\" = 'a text of more than twelve bytes ' || n)"
            + " FROM (SELECT *, rowid AS place FROM kept)"));
    }

    [Fact]
    public void Some_columns_can_be_picked()
    {
        using var rows = Rows(2);
        Assert.Equal([$"{4096L * 4095 / 2}"], _test.Texts($"SELECT sum(n) FROM {rows.Relation}"));
    }

    [Fact]
    public void They_are_read_once()
    {
        using var rows = Rows(1);
        Assert.Equal(["2048"], _test.Texts($"SELECT count(*) FROM {rows.Relation}"));
        Assert.Equal(["0"], _test.Texts($"SELECT count(*) FROM {rows.Relation}"));
    }

    [Fact]
    public void Rows_that_are_gone_are_an_error()
    {
        var rows = Rows(1);
        rows.Dispose();
        Assert.ThrowsAny<StockException>(() => _test.Texts($"SELECT * FROM {rows.Relation}"));
        Assert.ThrowsAny<StockException>(() => _test.Texts("SELECT * FROM _kstock_rows(NULL)"));
    }

    [Fact]
    public void Nothing_stays_open_also_where_they_were_read_halfway()
    {
        var before = DuckDatabase.OpenHandleCount;
        using (var rows = Rows(50))
        {
            using var result = _test.Connection.Query($"SELECT * FROM {rows.Relation}");
            Assert.True(result.Read());
        }

        Assert.Equal(before, DuckDatabase.OpenHandleCount);
    }

    DuckRows Rows(int chunks)
    {
        var rows = new DuckRows(_type);
        for (var i = 0; i < chunks; i++)
        {
            var chunk = _type.NewChunk();
            for (var row = 0; row < DuckChunk.Capacity; row++)
            {
                var n = ((long)i * DuckChunk.Capacity) + row;
                chunk.Values<long>(0)[row] = n;
                chunk.SetBytes(1, row, Encoding.UTF8.GetBytes($"a text of more than twelve bytes {n}"));
                chunk.SetNull(2, row);
                chunk.Values<bool>(3)[row] = true;
            }

            chunk.End(DuckChunk.Capacity);
            rows.Add(chunk);
        }

        return rows;
    }
}
