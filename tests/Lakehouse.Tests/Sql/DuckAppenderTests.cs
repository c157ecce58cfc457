using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Kafka.Stock.Contracts;

namespace Kafka.Stock.Lakehouse.Tests;

public sealed class DuckAppenderTests : IDisposable
{
    readonly TestDatabase _test = new();

    [Fact]
    public void Rows_of_many_chunks_arrive_in_order()
    {
        _test.Connection.Execute("CREATE TABLE t (i BIGINT, price DECIMAL(18,6), symbol VARCHAR)");
        using (var appender = _test.Connection.Append("t"))
        {
            Assert.Equal([DuckType.BigInt, DuckType.Decimal, DuckType.Varchar], appender.Columns.Select(column => column.Type));
            for (var first = 0; first < 10_000; first += DuckAppender.Capacity)
            {
                var count = Math.Min(DuckAppender.Capacity, 10_000 - first);
                for (var row = 0; row < count; row++)
                {
                    appender.Values<long>(0)[row] = first + row;
                    appender.Values<long>(1)[row] = (first + row) * 500_000L;
                    appender.SetBytes(2, row, Encoding.UTF8.GetBytes($"symbol {first + row}"));
                }

                appender.Flush(count);
            }

            appender.Complete();
        }

        Assert.Equal(["10000|49995000|24997500.000000|0"], _test.Texts("""
            SELECT count(*), sum(i), sum(price), count(*) FILTER (symbol != 'symbol ' || i OR rowid != i) FROM t
            """));
    }

    [Fact]
    public void Any_values_and_nulls_come_back_as_they_went()
    {
        _test.Connection.Execute("CREATE TABLE t (d DOUBLE, i INTEGER, h HUGEINT, b BLOB, f BOOLEAN)");
        Prop.ForAll<(double, int, byte[])?[]>(rows =>
        {
            if (rows is null || rows.Length > DuckAppender.Capacity) return true;
            _test.Connection.Execute("TRUNCATE t");
            using (var appender = _test.Connection.Append("t"))
            {
                for (var row = 0; row < rows.Length; row++) Set(appender, row, rows[row]);
                appender.Flush(rows.Length);
                appender.Complete();
            }

            return Read().SequenceEqual(rows.Select(Text));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void A_null_of_one_chunk_is_no_null_of_the_next()
    {
        _test.Connection.Execute("CREATE TABLE t (i BIGINT)");
        using (var appender = _test.Connection.Append("t"))
        {
            appender.SetNull(0, 1);
            appender.Flush(2);
            appender.Values<long>(0)[1] = 7;
            appender.Flush(2);
            appender.Complete();
        }

        Assert.Equal(["3|1"], _test.Texts("SELECT count(i), count(*) FILTER (i = 7) FROM t"));
    }

    [Fact]
    public void What_is_not_completed_is_not_there()
    {
        _test.Connection.Execute("CREATE TABLE t (i BIGINT)");
        using (var appender = _test.Connection.Append("t")) appender.Flush(5);
        Assert.Equal(["0"], _test.Texts("SELECT count(*) FROM t"));
    }

    [Fact]
    public void Faults_of_the_caller_are_said_and_leave_no_rows()
    {
        Assert.Throws<ConfigurationException>(() => _test.Connection.Append("nowhere"));
        _test.Connection.Execute("CREATE TABLE t (i BIGINT NOT NULL, s VARCHAR)");
        using (var appender = _test.Connection.Append("t"))
        {
            Assert.Throws<InvalidOperationException>(() => appender.Values<int>(0).Length);
            Assert.Throws<InvalidOperationException>(() => appender.SetBytes(0, 0, "x"u8));
            Assert.Throws<ArgumentOutOfRangeException>(() => appender.SetBytes(1, DuckAppender.Capacity, "x"u8));
            Assert.Throws<ArgumentOutOfRangeException>(() => appender.SetNull(2, 0));
            Assert.Throws<ArgumentOutOfRangeException>(() => appender.Flush(DuckAppender.Capacity + 1));
            appender.SetNull(0, 0);
            Assert.Throws<ConfigurationException>(() =>
            {
                appender.Flush(1);
                appender.Complete();
            });
        }

        Assert.Equal(["0"], _test.Texts("SELECT count(*) FROM t"));
    }

    [Fact]
    public void A_text_that_is_not_UTF8_is_refused()
    {
        _test.Connection.Execute("CREATE TABLE t (s VARCHAR)");
        using var appender = _test.Connection.Append("t");
        Assert.Throws<ArgumentException>(() => appender.SetBytes(0, 0, [0xC3, 0x28]));
    }

    static void Set(DuckAppender appender, int row, (double Double, int Int, byte[] Bytes)? value)
    {
        if (value is not var (number, whole, bytes))
        {
            for (var column = 0; column < 5; column++) appender.SetNull(column, row);
            return;
        }

        appender.Values<double>(0)[row] = number;
        appender.Values<int>(1)[row] = whole;
        appender.Values<Int128>(2)[row] = (Int128)whole * long.MaxValue;
        appender.SetBytes(3, row, bytes ?? []);
        appender.Values<bool>(4)[row] = whole > 0;
    }

    List<string> Read()
    {
        var texts = new List<string>();
        using var result = _test.Connection.Query("SELECT * FROM t");
        while (result.Read())
        {
            for (var row = 0; row < result.RowCount; row++)
            {
                texts.Add(result[0].IsNull(row)
                    ? "null"
                    : $"{BitConverter.DoubleToInt64Bits(result[0].Values<double>()[row])} {result[1].Whole(row)} {result[2].Whole(row)} "
                        + $"{Convert.ToHexString(result[3].Bytes(row))} {result[4].Values<bool>()[row]}");
            }
        }

        return texts;
    }

    static string Text((double Double, int Int, byte[] Bytes)? value)
    {
        if (value is not var (number, whole, bytes)) return "null";
        var hex = Convert.ToHexString(bytes ?? []);
        return $"{BitConverter.DoubleToInt64Bits(number)} {whole} {(Int128)whole * long.MaxValue} {hex} {whole > 0}";
    }

    public void Dispose() => _test.Dispose();
}
