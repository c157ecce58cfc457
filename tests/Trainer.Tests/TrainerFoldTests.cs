using Kafka.Stock.Contracts;
using Kafka.Stock.Learning;
using Kafka.Stock.TestKit;

namespace Kafka.Stock.Trainer.Tests;

public sealed class TrainerFoldTests
{
    [Fact]
    public void A_repeated_micro_batch_is_taken_once()
    {
        var batches = FoldUnderTest.BatchesOf(SampleBars.RandomWalk(1, 90));
        var once = new FoldUnderTest().Feed(batches);
        var twice = new FoldUnderTest();
        foreach (var batch in batches) twice.Feed([batch, batch]);
        Assert.Equal(batches.Count, twice.Log.Output.Counted(FoldEvent.Duplicate));
        Assert.Equal(
            once.Log.Records.Select(record => Convert.ToHexString(record.Body)),
            twice.Log.Records.Select(record => Convert.ToHexString(record.Body)));
    }

    [Theory, InlineData(1UL), InlineData(2UL)]
    public void Restart_anywhere_changes_nothing(ulong seed)
    {
        var batches = FoldUnderTest.BatchesOf(SampleBars.RandomWalk(seed, 420));
        var whole = new FoldUnderTest().Feed(batches);
        var end = whole.Snapshot();
        foreach (var cut in (int[])[1, 2, 3, 150, 200, 201, 202, 359])
        {
            var before = new FoldUnderTest().Feed(batches.Take(cut)).Snapshot();
            var restored = new FoldUnderTest();
            restored.Feed(batches.Take(1)); // begun, and then overwritten
            var reader = new StateReader(before);
            restored.State.Read(ref reader);
            Assert.Equal(before, restored.Snapshot());
            restored.Log.Clear();
            restored.Feed(batches.Skip(cut));
            Assert.True(end.AsSpan().SequenceEqual(restored.Snapshot()), $"seed {seed}, cut at micro-batch {cut}: the end state differs");
            var tail = whole.Log.Records
                .Skip(whole.Log.Records.Count - restored.Log.Records.Count)
                .Select(record => Convert.ToHexString(record.Body));
            Assert.Equal(tail, restored.Log.Records.Select(record => Convert.ToHexString(record.Body)));
        }
    }

    [Fact]
    public void Features_of_another_pipeline_are_refused_with_both_fingerprints()
    {
        var batch = FoldUnderTest.BatchesOf(SampleBars.RandomWalk(1, 70))[^1];
        batch.Fingerprint++;
        var error = Assert.Throws<RecordDefectException>(() => new FoldUnderTest().Feed([batch]));
        Assert.Contains($"{batch.Fingerprint:x16}", error.Message);
        Assert.Contains($"{FeaturePipeline.PriceV1.Fingerprint:x16}", error.Message);
    }

    public static TheoryData<string> Defects => ["width", "row width", "scale", "close", "row scale", "row from the future", "inputs"];

    [Theory, MemberData(nameof(Defects))]
    public void Rows_that_no_model_can_learn_from_are_refused(string defect)
    {
        var batch = FoldUnderTest.BatchesOf(SampleBars.RandomWalk(1, 70))[^1];
        switch (defect)
        {
            case "width": batch.Features = batch.Features[1..]; break;
            case "row width": batch.Rows[0].Features = batch.Rows[0].Features[1..]; break;
            case "scale": batch.Scale = 0; break;
            case "close": batch.Close = -1; break;
            case "row scale": batch.Rows[1].Scale = -1; break;
            case "row from the future": batch.Rows[3].BarEndUs = batch.BarEndUs; break;
            default: batch.VolatilityInputs = []; break;
        }

        var fold = new FoldUnderTest();
        var error = Assert.Throws<RecordDefectException>(() => fold.Feed([batch]));
        Assert.StartsWith("stock.micro-batches.v1@0: found ", error.Message);
        Assert.Empty(fold.Log.Records);
    }

    [Fact]
    public void A_record_of_another_type_is_refused() =>
        Assert.Throws<RecordDefectException>(() => new FoldUnderTest().Publish("AAA", new Watermark("AAA", "csv", 1, 1)));

    [Fact]
    public void Every_option_that_changes_a_result_changes_the_epoch()
    {
        TrainerOptions[] options =
        [
            new(), new() { Seed = 2 }, new() { HiddenUnits = 32 }, new() { HorizonBars = 2 }, new() { Levels = [0.9] },
            new() { Adam = new AdamOptions { LearningRate = 1e-3 } }, new() { Adam = new AdamOptions { Loss = LossKind.Squared } },
            new() { Adam = new AdamOptions { WeightDecay = 0 } }, new() { Adam = new AdamOptions { ClipNorm = 2 } },
        ];
        Assert.Equal(options.Length, options.Select(option => new TrainerFold(option).Epoch).Distinct().Count());
        Assert.Equal(new TrainerFold(new TrainerOptions()).Epoch, new TrainerFold(new TrainerOptions()).Epoch);
    }

    [Fact]
    public void A_warm_series_folds_without_allocating()
    {
        var bodies = new RecordedLog();
        foreach (var batch in FoldUnderTest.BatchesOf(SampleBars.RandomWalk(1, 1_200)))
        {
            bodies.Output.Publish(StockTopics.MicroBatches, "AAA", batch);
        }

        var trainer = new FoldPartition<TrainerMessage, TrainerState>(new TrainerFold(new TrainerOptions()));
        var sink = new EncodingOutput((Topic _, in LogRecord _) => { });
        var key = "AAA"u8.ToArray();
        var allocated = 0L;
        for (var i = 0; i < bodies.Records.Count; i++)
        {
            if (i == 1_000) allocated = GC.GetAllocatedBytesForCurrentThread();
            trainer.Apply(new LogRecord(MicroBatch.SchemaName, key, bodies.Records[i].Body, i), sink);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - allocated);
    }
}
