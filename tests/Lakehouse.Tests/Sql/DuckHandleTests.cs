using Kafka.Stock.Contracts;

namespace Kafka.Stock.Lakehouse.Tests;

[Collection(nameof(Alone))]
public sealed class DuckHandleTests
{
    [Fact]
    public void Nothing_stays_open_after_use_errors_and_cancellations()
    {
        var before = DuckDatabase.OpenHandleCount;
        for (var round = 0; round < 3; round++)
        {
            using var test = new TestDatabase();
            Assert.True(DuckDatabase.OpenHandleCount > before);
            test.Connection.Execute("CREATE TABLE t (i BIGINT, s VARCHAR, d DECIMAL(38,4))");
            Append(test.Connection);
            ReadHalf(test.Connection);
            foreach (var sql in new[] { "selec", "select x", "select 1; select error('no')", "", "copy t to '/nowhere/x.csv'" })
            {
                Assert.ThrowsAny<StockException>(() => test.Connection.Execute(sql));
                Assert.ThrowsAny<StockException>(() => test.Connection.Query(sql));
            }

            Assert.ThrowsAny<StockException>(() => test.Connection.Append("nowhere"));
            using var cancellation = new CancellationTokenSource();
            using var result = test.Connection.Query("SELECT * FROM range(1000000)", cancellation.Token);
            cancellation.Cancel();
            Assert.ThrowsAny<OperationCanceledException>(() => result.Read());
        }

        Assert.Throws<ConfigurationException>(() => DuckDatabase.Open(new DuckOptions { TempFolder = "\u0001", ThreadCount = 0 }));
        Assert.Equal(before, DuckDatabase.OpenHandleCount);
    }

    [Fact]
    public void A_connection_outlives_its_database()
    {
        var before = DuckDatabase.OpenHandleCount;
        var test = new TestDatabase();
        test.Database.Dispose();
        Assert.Equal(["1"], test.Texts("SELECT 1"));
        Assert.Throws<ObjectDisposedException>(() => test.Database.Connect());
        test.Dispose();
        Assert.Throws<ObjectDisposedException>(() => test.Connection.Execute("SELECT 1"));
        test.Connection.Interrupt();
        Assert.Equal(before, DuckDatabase.OpenHandleCount);
    }

    static void Append(DuckConnection connection)
    {
        using var appender = connection.Append("t");
        appender.SetBytes(1, 0, "text"u8);
        appender.Flush(1);
    }

    static void ReadHalf(DuckConnection connection)
    {
        using var result = connection.Query("SELECT i, i::VARCHAR, i::DECIMAL(38,4) FROM range(100000) t(i)");
        Assert.True(result.Read());
        Assert.True(result.Read());
    }
}
