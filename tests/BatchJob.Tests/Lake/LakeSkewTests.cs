using System.Buffers;
using System.Text;
using Kafka.Stock.Contracts;
using Kafka.Stock.Learning;
using Kafka.Stock.TestKit;

namespace Kafka.Stock.BatchJob.Tests;

/// <summary>The skew audit finds what differs by a bit, and nothing else.</summary>
public sealed class LakeSkewTests : IDisposable
{
    readonly LakeUnderTest _lake = new();

    public void Dispose() => _lake.Dispose();

    [Fact]
    public async Task Online_and_gold_are_the_same_to_the_bit()
    {
        var batches = await MakeAsync(_ => { });
        var report = await SkewAsync();
        Assert.True(report.IsEqual);
        Assert.Equal((batches, 0, 0), (report.Rows, report.Missing, report.Differences));
    }

    [Theory, InlineData(0, 0), InlineData(7, 3), InlineData(20, 16)]
    public async Task One_flipped_bit_is_found_and_named(int row, int feature)
    {
        var count = 0;
        await MakeAsync(batch =>
        {
            if (count++ != row) return;
            batch.Features[feature] = BitConverter.Int32BitsToSingle(BitConverter.SingleToInt32Bits(batch.Features[feature]) ^ 1);
        });

        var report = await SkewAsync();
        Assert.False(report.IsEqual);
        var difference = Assert.Single(report.Samples);
        Assert.Equal(FeaturePipeline.PriceV1.FeatureNames[feature], difference.Feature);
        Assert.Equal("AAA/1d/csv", difference.Series);
        Assert.Equal([(difference.Feature, 1L)], report.ByFeature);
    }

    [Fact]
    public async Task The_sign_of_a_zero_is_a_bit_too()
    {
        var online = 0;
        await MakeAsync(batch =>
        {
            var zero = Array.IndexOf(batch.Features, 0f);
            if (zero < 0 || online++ > 0) return;
            batch.Features[zero] = -0f;
        });
        Assert.True(online > 0, "no feature of the sample is zero");
        Assert.Equal(1, (await SkewAsync()).Differences);
    }

    [Fact]
    public async Task Refreshes_are_left_out_and_rows_without_gold_are_missing()
    {
        var count = 0;
        var batches = await MakeAsync(batch =>
        {
            batch.Provisional = count == 3;
            if (count++ == 4) batch.BarEndUs++;
        });
        var report = await SkewAsync();
        Assert.Equal((batches - 1, 1, 1), (report.Rows, report.Refreshes, report.Missing));
        Assert.Equal(FeaturePipeline.PriceV1.Width, report.Differences);
        Assert.All(report.Samples, sample => Assert.Null(sample.Gold));
    }

    Task<SkewReport> SkewAsync() => new LakeSkew(_lake.Lake, FeaturePipeline.PriceV1).RunAsync(default);

    /// <summary>Market records through the lake, and the stream's micro-batches, changed by a test.</summary>
    async Task<long> MakeAsync(Action<MicroBatch> change)
    {
        _lake.Feed(SampleBars.RandomWalk(4, 90));
        await _lake.SyncAsync();
        await _lake.RebuildAsync();
        using var table = await BronzeTable.OpenAsync(_lake.Lake, LakeTables.MicroBatches, default);
        var offset = 0L;
        var names = new NamePool();
        foreach (var (_, schema, original) in _lake.Stream().Records.Where(record => record.SchemaName == MicroBatch.SchemaName))
        {
            MicroBatch? batch = null;
            AvroBody.Read(original, names, ref batch);
            change(batch!);
            var body = new ArrayBufferWriter<byte>();
            AvroBody.Write(batch!, body);
            table.Add(new LakeRecord
            {
                Topic = StockTopics.MicroBatches.Name,
                Partition = 0,
                Offset = offset++,
                SchemaName = schema,
                Key = Encoding.UTF8.GetBytes("AAA"),
                Body = body.WrittenSpan,
            });
        }

        await table.CommitAsync(default);
        return offset;
    }
}
