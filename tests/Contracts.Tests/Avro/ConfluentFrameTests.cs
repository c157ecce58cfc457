using System.Buffers;
using Kafka.Stock.TestKit;

namespace Kafka.Stock.Contracts.Tests;

public sealed class ConfluentFrameTests
{
    [Fact]
    public void The_frame_is_a_zero_the_number_and_the_body()
    {
        var output = new ArrayBufferWriter<byte>();
        ConfluentFrame.Write(SchemaIds.Builtin, new FoldProgress(1, -1), output);
        Assert.Equal([0, 0, 0, 0, 13, 2, 1], output.WrittenSpan.ToArray());
        Assert.True(ConfluentFrame.TryRead(output.WrittenSpan, out var id, out var body));
        Assert.Equal((13, 2), (id, body.Length));
    }

    [Theory]
    [InlineData("")]
    [InlineData("00000000")]
    [InlineData("0100000001")]
    [InlineData("00FFFFFFFF")]
    public void What_has_no_frame_is_told_from_what_has(string hex) =>
        Assert.False(ConfluentFrame.TryRead(Convert.FromHexString(hex), out _, out _));

    [Fact]
    public void Subjects_go_by_topic_and_record() =>
        Assert.Equal("stock.market.v1-kafka.stock.Tick", ConfluentFrame.Subject(StockTopics.Market.Name, Tick.SchemaName));

    [Fact]
    public void The_table_of_numbers_is_only_ever_appended_to()
    {
        string[] asPublished =
        [
            "1 kafka.stock.Tick", "2 kafka.stock.SourceBar", "3 kafka.stock.Watermark", "4 kafka.stock.CorporateAction",
            "5 kafka.stock.IngestPosition", "6 kafka.stock.RawPayload", "7 kafka.stock.Bar", "8 kafka.stock.MicroBatch",
            "9 kafka.stock.ModelPromotion", "10 kafka.stock.Forecast", "11 kafka.stock.Score", "12 kafka.stock.DriftAlarm",
            "13 kafka.stock.FoldProgress", "14 kafka.stock.FoldStatePart", "15 kafka.stock.FoldSkip", "16 kafka.stock.FoldEpoch",
            "17 kafka.stock.MicroBatch", "18 kafka.stock.ModelPromotion", "19 kafka.stock.Forecast", "20 kafka.stock.Score",
            "21 kafka.stock.ReferenceBar", "22 kafka.stock.RetrainDecision",
            "23 kafka.stock.RetrainDecision",
        ];
        Assert.Equal(asPublished, File.ReadAllLines(Repository.PathTo("schemas/ids.txt")).Take(asPublished.Length));
    }

    [Fact]
    public void A_name_is_always_the_same_instance()
    {
        Assert.Same(Tick.SchemaName, SchemaIds.Builtin.NameOf(1));
        Assert.Same(SchemaIds.Builtin.NameOf(8), SchemaIds.Builtin.NameOf(8));
        Assert.Null(SchemaIds.Builtin.NameOf(0));
        Assert.False(SchemaIds.Builtin.TryGetId("kafka.stock.Nothing", out _));
    }

    [Fact]
    public void A_body_of_an_older_version_becomes_one_of_the_newest()
    {
        var resolution = SchemaIds.Builtin.ToNewest(9);
        Assert.NotNull(resolution);
        Assert.Same(ModelPromotion.SchemaName, SchemaIds.Builtin.NameOf(9));
        var promotion = new ModelPromotion(new("A", "1d", "csv"), new string('a', 64), 1, 2, 3, new byte[] { 4 }, default, "{}", true);
        var body = new ArrayBufferWriter<byte>();
        AvroBody.Write(promotion, body);
        var upgraded = new ArrayBufferWriter<byte>();
        resolution.Transcode(body.WrittenSpan[..^1], upgraded); // the first version ends before the new boolean
        ModelPromotion? read = null;
        AvroBody.Read(upgraded.WrittenSpan, new NamePool(), ref read);
        Assert.Equal("{}", read!.Decision);
        Assert.False(read.Initial);
        Assert.Null(SchemaIds.Builtin.ToNewest(18));
        Assert.Null(SchemaIds.Builtin.ToNewest(1));
        Assert.Null(SchemaIds.Builtin.ToNewest(999));
    }

    [Fact]
    public void Number_and_name_find_each_other()
    {
        foreach (var name in StockSchemas.Names)
        {
            Assert.True(SchemaIds.Builtin.TryGetId(name, out var id));
            Assert.Same(name, SchemaIds.Builtin.NameOf(id));
        }
    }
}
