using Kafka.Stock.Learning;

namespace Kafka.Stock.Trainer;

/// <summary>Working memory of a fold's networks, one for each shape: the series of a partition learn one after the other.</summary>
sealed class ScratchPool(int batchRowsMax)
{
    readonly List<LearnerScratch> _scratches = [];

    public int BatchRowsMax { get; } = batchRowsMax;

    public LearnerScratch Of(NetworkShape shape)
    {
        foreach (var scratch in _scratches)
        {
            if (scratch.Shape == shape) return scratch;
        }

        var made = new LearnerScratch(shape, BatchRowsMax);
        _scratches.Add(made);
        return made;
    }
}
