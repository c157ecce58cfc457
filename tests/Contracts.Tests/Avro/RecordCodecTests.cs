using System.Buffers;
using FsCheck;
using FsCheck.Fluent;

namespace Kafka.Stock.Contracts.Tests;

/// <summary>The hand-written codecs beside the generic one that the schemas drive.</summary>
public sealed class RecordCodecTests
{
    const ulong Seed = 20_240_817;

    [Theory, MemberData(nameof(RecordCodec.Names), MemberType = typeof(RecordCodec))]
    public void Every_codec_agrees_byte_for_byte_with_its_schema(string name)
    {
        var schema = StockSchemas.Get(name);
        var codec = RecordCodec.Get(name);
        Prop.ForAll(SchemaValues.Of(schema).ToArbitrary(), json =>
        {
            var byTheSchema = Encode(schema, json);
            var record = codec.Read(byTheSchema);
            Assert.Equal(byTheSchema, codec.Write(record));
            Assert.Equal(byTheSchema, Encode(schema, RecordJson.Of(record, schema)));
            Assert.Equal(byTheSchema, Encode(schema, AvroJson.ToJson(schema, byTheSchema)));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300).WithReplay(Seed, 1));
    }

    [Fact]
    public void Every_schema_has_a_codec_and_every_codec_a_schema() =>
        Assert.Equal(StockSchemas.Names.Order(), RecordCodec.All.Select(codec => codec.SchemaName).Order());

    [Fact]
    public void Every_topic_carries_records_that_have_a_schema() =>
        Assert.Equal(StockSchemas.Names.Order(), StockTopics.All.SelectMany(topic => topic.Records).Distinct().Order());

    [Fact]
    public void An_array_in_many_blocks_reads_as_one_in_one_block()
    {
        var rows = new MicroBatch { Series = new("A", "1d", "csv"), Features = [1, 2, 3, 4, 5], VolatilityInputs = [0.5, 0.25, 0.125] };
        var expected = RecordCodec.Get("kafka.stock.MicroBatch").Write(rows);
        var blocks = new ArrayBufferWriter<byte>();
        var writer = new AvroWriter(blocks);
        writer.WriteSeries(rows.Series);
        writer.WriteLong(0);
        writer.WriteLong(0);
        writer.WriteBoolean(false);
        for (var i = 0; i < 3; i++) writer.WriteDouble(0);
        foreach (var input in rows.VolatilityInputs) WriteBlockOfOne(ref writer, input);
        writer.WriteBlocksEnd();
        writer.WriteLong(-2); // a negative count is followed by the block's length
        writer.WriteLong(2 * sizeof(float));
        writer.WriteFloat(1);
        writer.WriteFloat(2);
        writer.WriteBlock(3);
        for (var i = 3; i <= 5; i++) writer.WriteFloat(i);
        writer.WriteBlocksEnd();
        writer.WriteBlocksEnd();
        writer.WriteLong(0);
        writer.WriteLong(0);
        writer.WriteBoolean(false);
        writer.WriteDouble(0);
        writer.Flush();
        var codec = RecordCodec.Get("kafka.stock.MicroBatch");
        Assert.Equal(expected, codec.Write(codec.Read(blocks.WrittenSpan.ToArray())));
    }

    [Fact]
    public void Nothing_that_is_not_finite_is_written()
    {
        foreach (var bad in new[] { double.NaN, double.PositiveInfinity, double.NegativeInfinity })
        {
            var alarm = new DriftAlarm(new("A", "1d", "csv"), 0, "adwin", "naive", bad, 0, 0);
            Assert.Throws<ArgumentException>(() => RecordCodec.Get("kafka.stock.DriftAlarm").Write(alarm));
            var batch = new MicroBatch { Series = new("A", "1d", "csv"), Features = [(float)bad] };
            Assert.Throws<ArgumentException>(() => RecordCodec.Get("kafka.stock.MicroBatch").Write(batch));
        }
    }

    [Fact]
    public void Bytes_that_are_not_finite_are_refused_with_their_offset()
    {
        var alarm = new DriftAlarm(new("A", "1d", "csv"), 0, "adwin", "naive", 1.5, 0, 0);
        var body = RecordCodec.Get("kafka.stock.DriftAlarm").Write(alarm);
        var at = body.AsSpan().IndexOf(BitConverter.GetBytes(1.5));
        BitConverter.TryWriteBytes(body.AsSpan(at), double.NaN);
        var error = Assert.Throws<RecordDefectException>(() => RecordCodec.Get("kafka.stock.DriftAlarm").Read(body));
        Assert.Equal($"byte {at}", error.Where);
    }

    [Fact]
    public void A_price_of_more_than_18_digits_is_refused_both_ways()
    {
        var codec = RecordCodec.Get("kafka.stock.Tick");
        var most = new Tick("A", "s", 0, new Price(Price.Limit - 1), 0, 0);
        Assert.Equal(most, codec.Read(codec.Write(most)));
        Assert.Throws<ArgumentException>(() => codec.Write(most with { Price = new Price(Price.Limit) }));
        Assert.Throws<ArgumentException>(() => codec.Write(most with { Price = new Price(-Price.Limit) }));
        var body = codec.Write(most);
        body.AsSpan(4 + 1, 8).Fill(0x7F);
        Assert.Equal("byte 5", Assert.Throws<RecordDefectException>(() => codec.Read(body)).Where);
    }

    [Fact]
    public void A_model_id_that_is_not_a_digest_is_refused_by_the_writer()
    {
        foreach (var id in new[] { "ab", new string('g', 64), new string('A', 64), new string('a', 66) })
        {
            var forecast = new Forecast { Series = new("A", "1d", "csv"), Strategies = [new StrategyForecast { ModelId = id }] };
            Assert.Throws<ArgumentException>(() => RecordCodec.Get("kafka.stock.Forecast").Write(forecast));
        }
    }

    static void WriteBlockOfOne(ref AvroWriter writer, double value)
    {
        writer.WriteBlock(1);
        writer.WriteDouble(value);
    }

    static byte[] Encode(AvroSchema schema, string json)
    {
        var output = new ArrayBufferWriter<byte>();
        AvroJson.FromJson(schema, json, output);
        return output.WrittenSpan.ToArray();
    }
}
