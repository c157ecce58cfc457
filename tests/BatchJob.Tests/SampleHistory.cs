using Kafka.Stock.Contracts;
using Kafka.Stock.Learning;
using Kafka.Stock.Streaming;

namespace Kafka.Stock.BatchJob.Tests;

/// <summary>Micro-batches and scores of a run without retrains, to be given to a history as they are or spoilt.</summary>
sealed class SampleHistory
{
    /// <summary>A recipe that learns noise by heart.</summary>
    public static readonly TrainingRecipe Bad = TrainingRecipe.Default with { Adam = new AdamOptions { LearningRate = 1e-2 } };

    readonly IReadOnlyList<MicroBatch> _batches;
    readonly IReadOnlyList<Score> _scores;

    SampleHistory(IReadOnlyList<MicroBatch> batches, IReadOnlyList<Score> scores) => (_batches, _scores) = (batches, scores);

    public IReadOnlyList<MicroBatch> Batches => _batches;

    public IReadOnlyList<Score> Scores => _scores;

    /// <summary>After everything: the instant of a retrain that knows it all.</summary>
    public long EndUs => _batches[^1].BarEndUs;

    /// <summary>The run of made-up bars.</summary>
    public static SampleHistory Of(ulong seed, int sessions = 420, int symbols = 1, double memory = 0) =>
        Of(SampleWalks.Of(seed, sessions, symbols, memory));

    public static SampleHistory Of(IEnumerable<object> records)
    {
        var log = Simulated.Run(records, new SimulationOptions { Schedule = RetrainSchedule.Never });
        return new SampleHistory(log.Of<MicroBatch>(), log.Of<Score>());
    }

    /// <summary>A history that has been given everything, each micro-batch changed by <paramref name="spoil"/> first.</summary>
    public TrainingHistory Into(RetrainOptions options, Action<MicroBatch>? spoil = null)
    {
        var history = new TrainingHistory(options);
        foreach (var batch in _batches)
        {
            spoil?.Invoke(batch);
            history.Add(batch);
        }

        foreach (var score in _scores) history.Add(score);
        return history;
    }

    /// <summary>Publishes everything to the topics, as Topology and Trainer would have.</summary>
    /// <param name="kafka">Where to.</param>
    /// <param name="interval">Another length of the bars than theirs, in name; null for theirs.</param>
    public void PublishTo(KafkaOptions kafka, string? interval = null)
    {
        using var publisher = new RecordPublisher(kafka, new FoldCounters("test"));
        foreach (var batch in _batches)
        {
            var series = batch.Series;
            batch.Series = series with { Interval = interval ?? series.Interval };
            publisher.Publish(StockTopics.MicroBatches, batch.Series.Symbol, batch);
            batch.Series = series;
        }

        foreach (var score in _scores)
        {
            var series = score.Series;
            score.Series = series with { Interval = interval ?? series.Interval };
            publisher.Publish(StockTopics.Scores, score.Series.Symbol, score);
            score.Series = series;
        }

        publisher.Flush();
    }

    public RetrainResult Retrain(RetrainOptions options, Action<MicroBatch>? spoil = null) =>
        new Retrainer(Into(options, spoil), options).Retrain("1d", EndUs, RetrainTrigger.Month);
}
