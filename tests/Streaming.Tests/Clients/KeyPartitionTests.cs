using System.Text;

namespace Kafka.Stock.Streaming.Tests;

public sealed class KeyPartitionTests
{
    /// <summary>The keys and hashes are those of apache/kafka clients/src/test/java/org/apache/kafka/common/utils/UtilsTest.java,
    /// testMurmur2.</summary>
    [Theory]
    [InlineData("21", -973932308)]
    [InlineData("foobar", -790332482)]
    [InlineData("a-little-bit-long-string", -985981536)]
    [InlineData("a-little-bit-longer-string", -1486304829)]
    [InlineData("lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8", -58897971)]
    [InlineData("abc", 479470107)]
    public void Hashes_are_those_of_Java_clients(string key, int murmur2) =>
        Assert.Equal(murmur2, (int)KeyPartition.Murmur2(Encoding.UTF8.GetBytes(key)));

    [Fact]
    public void The_producer_puts_each_key_where_it_belongs()
    {
        const int Partitions = 24;
        using var broker = new EmbeddedTestBroker();
        broker.CreateTopic("t", Partitions);
        var ticks = SampleTicks.Of(300, symbols: 300)
            .Select(tick => tick with { Symbol = tick.Symbol + new string('x', (int)tick.Size % 7) });
        broker.PublishTicks("t", ticks);
        var records = broker.ReadAll("t");
        Assert.Equal(300, records.Count);
        Assert.All(records, record => Assert.Equal(KeyPartition.Of(record.Key, Partitions), record.Partition));
    }
}
