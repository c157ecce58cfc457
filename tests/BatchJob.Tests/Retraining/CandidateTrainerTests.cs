using Kafka.Stock.Contracts;
using Kafka.Stock.Learning;
using Kafka.Stock.TestKit;
using Kafka.Stock.Trainer;

namespace Kafka.Stock.BatchJob.Tests.Retraining;

public sealed class CandidateTrainerTests
{
    static readonly RetrainOptions s_options = new();

    /// <summary>The candidate's run through the held-back rows is what the Trainer would have done with it, to the bit.</summary>
    [Fact]
    public void A_candidate_steps_as_the_Trainer_does()
    {
        var records = SampleWalks.Of(seed: 9, sessions: 420, symbols: 1, memory: 0.2);
        var sample = SampleHistory.Of(records);
        var series = sample.Into(s_options).SeriesOf("1d").Single();
        var split = HeldBackSplit.Of(series.Rows, sample.EndUs, s_options)!.Value;
        var candidate = new CandidateTrainer(s_options).TrainHeldBack(series, split, sample.EndUs, CancellationToken.None);

        // From the second held-back bar on it has stepped once for each micro-batch.
        var secondUs = series.Rows[split.HeldBackFrom + 1].BarEndUs;
        var promotion = new ModelPromotion(
            series.Series, candidate.ModelId, candidate.TrainedUntilUs, secondUs, candidate.Fingerprint, candidate.Artefact, default, "{}");
        var log = new RecordedLog();
        var trainer = new FoldPartition<TrainerMessage, TrainerState>(new TrainerFold(s_options.Trainer));
        var input = new EncodingOutput((Topic _, in LogRecord record) => trainer.Apply(record, log.Output));
        input.Publish(StockTopics.MicroBatches, "S0", promotion);
        foreach (var batch in sample.Batches) input.Publish(StockTopics.MicroBatches, "S0", batch);

        var scores = log.Of<Score>().ToDictionary(score => score.MadeAtUs);
        Assert.Equal(63, candidate.Pairs.Count);
        foreach (var pair in candidate.Pairs.Skip(1))
        {
            var score = scores[pair.MadeAtUs];
            var scale = ScaleAt(series, pair.MadeAtUs);
            Assert.Equal(ErrorOf(score, Strategies.Hybrid) / scale, pair.Hybrid, 1e-15);
            Assert.Equal(ErrorOf(score, Strategies.Batch) / scale, pair.Frozen, 1e-15);
            Assert.Equal(ErrorOf(score, Strategies.Naive) / scale, pair.Naive, 1e-15);
        }

        // The first pair is the candidate as it was trained: it hasn't stepped yet.
        Assert.Equal(candidate.Pairs[0].Frozen, candidate.Pairs[0].Hybrid);
        var stepped = ModelArtefact.FromBytes(candidate.HybridArtefact, s_options.Trainer.Pipeline).ToNetwork();
        var last = log.Of<Forecast>()[^1].Strategies.Single(one => one.Strategy == Strategies.Hybrid);
        Assert.Equal(last.PredictedReturn, stepped.Predict(sample.Batches[^1].Features) * sample.Batches[^1].Scale);
    }

    static double ErrorOf(Score score, string strategy) => score.Strategies.Single(one => one.Strategy == strategy).AbsoluteError;

    static double ScaleAt(SeriesHistory series, long barEndUs)
    {
        for (var i = 0; i < series.Rows.Count; i++)
        {
            if (series.Rows[i].BarEndUs == barEndUs) return series.Rows[i].Scale;
        }

        throw new ArgumentOutOfRangeException(nameof(barEndUs));
    }
}
