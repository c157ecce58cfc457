using Kafka.Stock.Contracts;
using Kafka.Stock.Learning;
using Kafka.Stock.Trainer;

namespace Kafka.Stock.BatchJob;

/// <summary>What a retrain needs of one series.</summary>
sealed class SeriesHistory
{
    /// <summary>Bars kept beyond what a retrain at the newest bar needs, so that one a little before it can be made as well.</summary>
    const int SlackBars = 32;

    readonly FeaturePipeline _pipeline;
    readonly int _recentMax;
    readonly ScaledScores _scaled;
    readonly Queue<LearningRows> _steps = new();
    readonly Queue<ChampionError> _errors = new();
    long _lastBarEndUs = long.MinValue;

    /// <summary>The history of a series that nothing is known of.</summary>
    /// <param name="series">Which.</param>
    /// <param name="evidence">Given its scores.</param>
    /// <param name="options">What the history is for.</param>
    public SeriesHistory(SeriesId series, DailyEvidence evidence, RetrainOptions options)
    {
        Series = series;
        _scaled = new ScaledScores(evidence);
        _pipeline = options.Trainer.Pipeline;
        _recentMax = options.HeldBackRows + options.Trainer.HorizonBars + SlackBars;
        Rows = new RowHistory(_pipeline.Width, options.TrainRowsMax + _recentMax);
    }

    public SeriesId Series { get; }

    /// <summary>End of the last bar; null before the first.</summary>
    public long? LastBarEndUs => _lastBarEndUs == long.MinValue ? null : _lastBarEndUs;

    /// <summary>Labelled rows, oldest first.</summary>
    public RowHistory Rows { get; }

    /// <summary>Learning steps of the last bars, oldest first.</summary>
    public IReadOnlyCollection<LearningRows> Steps => _steps;

    /// <summary>Takes a micro-batch; one that isn't later than the last is a repeat. One that the Trainer refuses doesn't get into a
    /// model by another door.</summary>
    public void Add(MicroBatch batch)
    {
        if (batch.BarEndUs <= _lastBarEndUs || batch.Fingerprint != _pipeline.Fingerprint) return;
        _lastBarEndUs = batch.BarEndUs;
        if (batch.Restarted)
        {
            Rows.Clear();
            _steps.Clear();
        }

        if (batch.Rows.Count == 0 || !batch.Rows.TrueForAll(IsUsable)) return;
        Rows.Add(batch.Rows[^1]);
        _scaled.Add(batch.Rows[^1]);
        if (_steps.Count == _recentMax) _steps.Dequeue();
        _steps.Enqueue(CopyOf(batch));
    }

    /// <summary>Takes a score; rows and scores are joined by the bar at a retrain, because they come by two topics.</summary>
    public void Add(Score score)
    {
        _scaled.Add(score);
        var hybrid = Array.Find(score.Strategies, strategy => strategy.Strategy == Strategies.Hybrid);
        var batch = Array.Find(score.Strategies, strategy => strategy.Strategy == Strategies.Batch);
        if (hybrid is null || batch is null) return;
        if (_errors.Count == _recentMax) _errors.Dequeue();
        _errors.Enqueue(new ChampionError(score.MadeAtUs, hybrid.AbsoluteError, batch.AbsoluteError));
    }

    /// <summary>How the champion did at a bar; null where no score says so.</summary>
    public ChampionError? ErrorAt(long madeAtUs)
    {
        foreach (var error in _errors)
        {
            if (error.MadeAtUs == madeAtUs) return error;
        }

        return null;
    }

    LearningRows CopyOf(MicroBatch batch)
    {
        var features = new float[batch.Rows.Count * Rows.Width];
        var targets = new float[batch.Rows.Count];
        for (var i = 0; i < targets.Length; i++)
        {
            var row = batch.Rows[i];
            row.Features.CopyTo(features.AsSpan(i * Rows.Width));
            targets[i] = KnownRow.Standardise(row.TargetReturn, row.Scale);
        }

        return new LearningRows(batch.BarEndUs, features, targets);
    }

    bool IsUsable(LabelledRow row) =>
        double.IsFinite(row.TargetReturn) && row.Scale > 0 && double.IsFinite(row.Scale)
            && row.Features.Length == Rows.Width && Array.TrueForAll(row.Features, float.IsFinite);
}
