using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Kafka.Stock.Contracts;
using Kafka.Stock.Lakehouse;

namespace Kafka.Stock.BatchJob.Tests;

/// <summary>Bronze gives every record back as it came: the same schema, key and bytes, in the same order.</summary>
public sealed class MarketLogTests : IDisposable
{
    readonly LakeUnderTest _lake = new();

    public void Dispose() => _lake.Dispose();

    [Fact]
    public async Task Every_kind_of_record_comes_back_bit_for_bit()
    {
        _lake.Feed("AAPL", new Tick("AAPL", "iex", 1_572_442_200_000_001, new Price(243_290_001), 0, long.MinValue));
        _lake.Feed("Ä/ß", new Tick("Ä/ß", "", -1, new Price(-Price.Limit + 1), long.MaxValue, long.MaxValue));
        _lake.Feed("", new Watermark("", "x", 0, 0));
        _lake.Feed("AAPL", new Watermark("AAPL", "csv", long.MaxValue, 7));
        _lake.Feed("AAPL", new Watermark("AAPL", "csv", long.MinValue, 8));
        var bar = new SourceBar("AAPL", "csv", "1d", 1, 2, new Price(1), new Price(4), new Price(0), new Price(3), 5, 6);
        _lake.Feed("AAPL", bar);
        _lake.Feed("AAPL", bar with { StartUs = long.MinValue });
        _lake.Feed("SPY", new ReferenceBar(bar with { Symbol = "SPY" }));
        _lake.Feed("AAPL", new CorporateAction("AAPL", "csv", CorporateActionKind.Split, 3, 1.0 / 7, 7, 9));
        _lake.Feed("AAPL", new CorporateAction("AAPL", "csv", CorporateActionKind.Dividend, 4, -0.0, double.Epsilon, 10));
        await AssertSameAsync();
    }

    [Fact]
    public async Task What_no_column_holds_comes_back_as_it_came()
    {
        var overlong = new byte[] { 0x88, 0x00, (byte)'A', (byte)'A', (byte)'P', (byte)'L' }; // a length written in two bytes
        _lake.Feed("AAPL", new Watermark("AAPL", "csv", 5, 1));
        _lake.FeedBytes("kafka.stock.Tick", "AAPL", []);
        _lake.FeedBytes("kafka.stock.Tick", "AAPL", [.. _lake.Log[0].Body, 0]);
        _lake.FeedBytes("kafka.stock.Watermark", "AAPL", [.. overlong, .. _lake.Log[0].Body[5..]]);
        _lake.FeedBytes("kafka.stock.Watermark", "MSFT", _lake.Log[0].Body);
        _lake.FeedBytes("somebody.Else", "\0", [1, 2, 3]);
        await AssertSameAsync();
    }

    [Fact]
    public async Task Rows_of_a_second_sync_are_those_that_the_table_lacks()
    {
        SampleTicks.Feed(_lake, seed: 1, days: 1, minutes: 10);
        await _lake.SyncAsync();
        using (var again = await BronzeTable.OpenAsync(_lake.Lake, LakeTables.Market, default))
        {
            for (var offset = 0; offset < _lake.Log.Count; offset++) again.Add(Record(offset));
            Assert.Equal(0, again.WaitingRows);
            Assert.Equal(_lake.Log.Count, again.NextOffset(StockTopics.Market.Name, 0));
            Assert.Equal(0, again.NextOffset(StockTopics.Market.Name, 1));
        }

        await AssertSameAsync();
    }

    [Fact]
    public async Task Any_tick_comes_back()
    {
        var longs = ArbMap.Default.ArbFor<long>().Generator;
        var ticks = from time in longs
                    from micros in longs
                    from size in longs
                    from sequence in longs
                    select new Tick("AAA", "iex", time, new Price(micros % Price.Limit), size, sequence);
        Prop.ForAll(ticks.ArrayOf().ToArbitrary(), batch =>
        {
            foreach (var tick in batch) _lake.Feed("AAA", tick);
            return true;
        }).QuickCheckThrowOnFailure();
        await AssertSameAsync();
    }

    async Task AssertSameAsync()
    {
        await _lake.SyncAsync();
        var table = await _lake.Lake.OpenAsync(LakeTables.Market, default);
        using var scan = await TableScan.OpenAsync(table, table.Snapshot, [], default);
        using var connection = _lake.Database.Connect();
        var read = new List<(string Schema, string Key, byte[] Body)>();
        new MarketLog(connection, scan.Relation).Read(
            "true",
            (in LakeRecord record) =>
            {
                Assert.Equal(read.Count, record.Offset);
                read.Add((record.SchemaName!, Encoding.UTF8.GetString(record.Key), record.Body.ToArray()));
            },
            default);
        Assert.Equal(_lake.Log.Count, read.Count);
        for (var i = 0; i < read.Count; i++)
        {
            Assert.Equal((_lake.Log[i].Schema, _lake.Log[i].Key), (read[i].Schema, read[i].Key));
            Assert.True(_lake.Log[i].Body.AsSpan().SequenceEqual(read[i].Body), $"record {i}, {read[i].Schema}");
        }
    }

    LakeRecord Record(int offset) => new()
    {
        Topic = StockTopics.Market.Name,
        Partition = 0,
        Offset = offset,
        SchemaName = _lake.Log[offset].Schema,
        Key = Encoding.UTF8.GetBytes(_lake.Log[offset].Key),
        Body = _lake.Log[offset].Body,
    };
}
