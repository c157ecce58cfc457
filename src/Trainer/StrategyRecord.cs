using Kafka.Stock.Learning;

namespace Kafka.Stock.Trainer;

/// <summary>What is remembered of one strategy of a series: its interval's state, and its scores so far.</summary>
sealed class StrategyRecord(string strategy, double[] levels)
{
    /// <summary>Its name.</summary>
    public string Strategy { get; } = strategy;

    public ConformalInterval Interval { get; } = new(levels);

    public PointScores Points { get; } = new();

    public int StateBytes => Interval.StateBytes + PointScores.StateBytes;

    public void Write(ref StateWriter writer)
    {
        Interval.Write(ref writer);
        Points.Write(ref writer);
    }

    public void Read(ref StateReader reader)
    {
        Interval.Read(ref reader);
        Points.Read(ref reader);
    }
}
