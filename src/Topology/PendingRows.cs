using Kafka.Stock.Learning;

namespace Kafka.Stock.Topology;

/// <summary>Rows whose target hasn't closed, oldest first: at most as many as the horizon has bars.</summary>
sealed class PendingRows
{
    readonly Queue<(RowValues Values, float[] Features)> _rows = new();
    readonly Stack<float[]> _spare = new();

    /// <summary>Rows that wait.</summary>
    public int Count => _rows.Count;

    /// <summary>Adds the row of the newest bar.</summary>
    public void Add(in RowValues values, ReadOnlySpan<float> features)
    {
        if (!_spare.TryPop(out var copy) || copy.Length != features.Length) copy = new float[features.Length];
        features.CopyTo(copy);
        _rows.Enqueue((values, copy));
    }

    /// <summary>Takes the oldest row, labels it with the bar that has just closed, and moves it to the replay buffer.</summary>
    public void LabelOldest(long targetEndUs, double targetClose, ReplayBuffer replay, int capacity)
    {
        var (values, features) = _rows.Dequeue();
        var labelled = values with
        {
            TargetEndUs = targetEndUs,
            TargetClose = targetClose,
            TargetReturn = PortableMath.Log(targetClose) - PortableMath.Log(values.Close),
        };
        replay.Add(labelled, features, capacity);
        _spare.Push(features);
    }

    /// <summary>Rescales closes, and the features that aren't free of scale, after a corporate action.</summary>
    public void Rescale(FeaturePipeline pipeline, double priceFactor, double volumeFactor)
    {
        for (var left = _rows.Count; left > 0; left--)
        {
            var (values, features) = _rows.Dequeue();
            pipeline.RescaleRow(features, priceFactor, volumeFactor);
            _rows.Enqueue((values with { Close = values.Close * priceFactor }, features));
        }
    }

    /// <summary>Drops them: their label would cross a hole.</summary>
    public void Clear()
    {
        while (_rows.TryDequeue(out var row)) _spare.Push(row.Features);
    }

    /// <summary>Bytes that <see cref="Write"/> writes.</summary>
    public int StateBytes => 4 + _rows.Sum(row => RowValues.StateBytes + 4 + (4 * row.Features.Length));

    public void Write(ref StateWriter writer)
    {
        writer.Int32(_rows.Count);
        foreach (var (values, features) in _rows)
        {
            values.Write(ref writer);
            writer.Int32(features.Length);
            writer.Singles(features);
        }
    }

    public void Read(ref StateReader reader)
    {
        Clear();
        for (var left = reader.Int32(); left > 0; left--)
        {
            var values = RowValues.Read(ref reader);
            var features = new float[reader.Int32()];
            reader.Singles(features);
            _rows.Enqueue((values, features));
        }
    }
}
