using Kafka.Stock.Contracts;

namespace Kafka.Stock.BatchJob;

/// <summary>Joins the scores of a series with the scales of their bars, which come by another topic, and hands them on.</summary>
/// <remarks>Both come in the order of time; what isn't later than the one before is a repeat. One without the other is left out once a
/// later one has come. Where the topics are read one after the other 16 bytes a bar wait, of a million bars at most.</remarks>
/// <param name="evidence">Given what has been joined.</param>
sealed class ScaledScores(DailyEvidence evidence)
{
    const int WaitingMax = 1 << 20;

    readonly Queue<(long MadeAtUs, double Scale)> _scales = new();
    readonly Queue<(long MadeAtUs, long TargetEndUs, StrategyLoss[] Strategies)> _scores = new();
    long _lastScaleUs = long.MinValue;
    long _lastScoreUs = long.MinValue;

    public void Add(LabelledRow row)
    {
        if (row.BarEndUs <= _lastScaleUs) return;
        _lastScaleUs = row.BarEndUs;
        if (_scales.Count == WaitingMax) _scales.Dequeue();
        _scales.Enqueue((row.BarEndUs, row.Scale));
        Join();
    }

    /// <summary>Takes a score; the object may be reused.</summary>
    public void Add(Score score)
    {
        if (score.MadeAtUs <= _lastScoreUs) return;
        _lastScoreUs = score.MadeAtUs;
        if (_scores.Count == WaitingMax) _scores.Dequeue();
        _scores.Enqueue((score.MadeAtUs, score.TargetEndUs, CopyOf(score.Strategies)));
        Join();
    }

    void Join()
    {
        while (_scales.TryPeek(out var scale) && _scores.TryPeek(out var score))
        {
            if (scale.MadeAtUs <= score.MadeAtUs) _scales.Dequeue();
            if (score.MadeAtUs <= scale.MadeAtUs) _scores.Dequeue();
            if (scale.MadeAtUs == score.MadeAtUs) evidence.Add(score.TargetEndUs, scale.Scale, score.Strategies);
        }
    }

    static StrategyLoss[] CopyOf(StrategyScore[] strategies) =>
        Array.ConvertAll(strategies, static one => new StrategyLoss(one.Strategy, one.AbsoluteError));
}
