using System.Buffers;
using System.Text;
using Kafka.Stock.BatchJob;
using Kafka.Stock.Contracts;
using Kafka.Stock.Ingestor;
using Kafka.Stock.Lakehouse;

namespace Kafka.Stock.Cli.Tests;

/// <summary>Partitions that a lake remembers as one stream of market records.</summary>
public sealed class LakeReplayTests : IDisposable
{
    const long DayUs = 86_400_000_000;
    readonly Scratch _scratch = new();
    readonly DuckDatabase _database = DuckDatabase.Open(new DuckOptions { ThreadCount = 2 });
    readonly Lake _lake;
    readonly List<(int Partition, string? Schema, string Key, byte[] Body)> _records = [];

    public LakeReplayTests() => _lake = new Lake(
        ObjectStores.Open(_scratch.PathTo("lake"), new ObjectStoreOptions()), _database,
        new LakeOptions { WorkFolder = _scratch.PathTo("work") });

    public void Dispose()
    {
        _database.Dispose();
        _scratch.Dispose();
    }

    [Fact]
    public async Task Partitions_come_by_event_time_each_in_the_order_of_its_offsets()
    {
        // The late tick of B lies behind its partition's day 5, and so comes there, not on its own day.
        Feed(1, Tick("B", 2), Tick("B", 5), Tick("B", 3), Tick("B", 6));
        Feed(0, Tick("A", 1), Tick("A", 5), Tick("A", 7));
        Assert.Equal(["A1", "B2", "A5", "B5", "B3", "B6", "A7"], (await ReplayAsync()).Records.Cast<Tick>().Select(Name));
    }

    [Fact]
    public async Task A_reference_that_lies_in_every_partition_comes_once()
    {
        foreach (var partition in (int[])[0, 1])
        {
            for (var day = 1; day <= 3; day++) Feed(partition, new ReferenceBar(Bar("SPY", day)));
        }

        Feed(1, Bar("B", 4));
        Assert.Equal(
            ["SPY1", "SPY2", "SPY3", "B4"],
            (await ReplayAsync()).Records.Select(one => Name(one is ReferenceBar reference ? reference.Bar : (SourceBar)one)));
    }

    [Fact]
    public async Task Every_kind_of_record_comes_as_it_was_published()
    {
        object[] all =
        [
            Tick("A", 1), Bar("A", 2), new Watermark("A", "csv", 3 * DayUs, 3),
            new CorporateAction("A", "csv", CorporateActionKind.Split, 4 * DayUs, 1.0 / 7, 7, 4),
        ];
        Feed(0, Tick("A", 1));
        Feed(0, Bar("A", 2));
        Feed(0, (Watermark)all[2]);
        Feed(0, (CorporateAction)all[3]);
        Assert.Equal(all, (await ReplayAsync()).Records);
    }

    [Fact]
    public async Task What_nobody_can_read_is_told_with_its_place_and_the_rest_goes_on()
    {
        Feed(0, Tick("A", 1));
        _records.Add((0, "kafka.stock.Tick", "A", [1, 2, 3]));
        var (_, schema, _, bytes) = _records[0];
        _records.Add((0, schema, "B", bytes));
        _records.Add((0, "somebody.Else", "A", [1]));
        _records.Add((0, null, "A", [0, 9]));
        Feed(0, Tick("A", 2));
        var sink = await ReplayAsync();
        Assert.Equal(["A1", "A2"], sink.Records.Cast<Tick>().Select(Name));
        Assert.Equal([$"{StockTopics.Market.Name}[0]@1", $"{StockTopics.Market.Name}[0]@2"], sink.DeadLetters.Select(one => one.Where));
        Assert.Equal("key 'B'", sink.DeadLetters[1].Found);
    }

    [Fact]
    public async Task Without_the_table_it_says_which()
    {
        var error = await Assert.ThrowsAsync<BrokenInputException>(() => new LakeReplay(new MemorySink()).RunAsync(_lake, default));
        Assert.Contains("bronze/market", error.Message, StringComparison.Ordinal);
    }

    static Tick Tick(string symbol, int day) => new(symbol, "iex", day * DayUs, new Price(1_000_000), 1, day);

    static SourceBar Bar(string symbol, int day)
    {
        var price = new Price(1_000_000);
        return new SourceBar(symbol, "csv", "1d", (day * DayUs) - 1, day * DayUs, price, price, price, price, 1, day);
    }

    static string Name(Tick tick) => $"{tick.Symbol}{tick.EventTimeUs / DayUs}";

    static string Name(SourceBar bar) => $"{bar.Symbol}{bar.EndUs / DayUs}";

    void Feed<TRecord>(int partition, params ReadOnlySpan<TRecord> records)
        where TRecord : struct, IAvroRecord<TRecord>
    {
        foreach (var record in records)
        {
            var key = record switch
            {
                Tick tick => tick.Symbol,
                SourceBar bar => bar.Symbol,
                ReferenceBar bar => bar.Bar.Symbol,
                _ => "A",
            };
            var body = new ArrayBufferWriter<byte>();
            AvroBody.Write(record, body);
            _records.Add((partition, TRecord.SchemaName, key, body.WrittenSpan.ToArray()));
        }
    }

    async Task<MemorySink> ReplayAsync()
    {
        using (var market = await BronzeTable.OpenAsync(_lake, LakeTables.Market, default))
        {
            var offsets = new long[2];
            foreach (var (partition, schema, key, body) in _records)
            {
                market.Add(new LakeRecord
                {
                    Topic = StockTopics.Market.Name,
                    Partition = partition,
                    Offset = offsets[partition]++,
                    SchemaName = schema,
                    Key = Encoding.UTF8.GetBytes(key),
                    Body = body,
                });
            }

            await market.CommitAsync(default);
        }

        var sink = new MemorySink();
        await new LakeReplay(sink).RunAsync(_lake, default);
        return sink;
    }
}
