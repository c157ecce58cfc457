using Kafka.Stock.Contracts;

namespace Kafka.Stock.Lakehouse.Tests;

public sealed class ProtocolSupportTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 2)]
    public void What_is_understood_passes(int reader, int writer) =>
        ProtocolSupport.DemandWritable(new ProtocolAction(reader, writer), "t");

    [Theory]
    [InlineData(2, "", "reader version 2 (columnMapping)")]
    [InlineData(3, "", "reader version 3 (readerFeatures)")]
    [InlineData(3, "deletionVectors timestampNtz", "reader version 3 with reader features deletionVectors, timestampNtz")]
    [InlineData(99, "", "reader version 99, which isn't known")]
    public void What_a_reader_lacks_is_named(int version, string features, string found)
    {
        var protocol = new ProtocolAction(version, 2) { ReaderFeatures = [.. features.Split(' ', StringSplitOptions.RemoveEmptyEntries)] };
        Assert.Equal(found, Assert.Throws<RefusedException>(() => ProtocolSupport.DemandReadable(protocol, "t")).Found);
    }

    [Theory]
    [InlineData(3, "", "writer version 3 (checkConstraints)")]
    [InlineData(4, "", "writer version 4 (changeDataFeed, generatedColumns)")]
    [InlineData(7, "appendOnly invariants rowTracking", "writer version 7 with writer features rowTracking")]
    [InlineData(7, "appendOnly", "writer version 7 (writerFeatures)")]
    public void What_a_writer_lacks_is_named_and_the_table_can_be_read(int version, string features, string found)
    {
        var protocol = new ProtocolAction(1, version) { WriterFeatures = [.. features.Split(' ', StringSplitOptions.RemoveEmptyEntries)] };
        ProtocolSupport.DemandReadable(protocol, "t");
        Assert.Equal(found, Assert.Throws<RefusedException>(() => ProtocolSupport.DemandWritable(protocol, "t")).Found);
    }
}
