using Kafka.Stock.Contracts;
using Kafka.Stock.Learning;

namespace Kafka.Stock.Topology;

/// <summary>The last labelled rows of a series, in a ring of fixed size; a row is written once, when its label has come.</summary>
/// <remarks>Bytes: capacity x (4 x width + 48), allocated with the first row.</remarks>
sealed class ReplayBuffer
{
    int _width;
    float[] _features = [];
    RowValues[] _values = [];

    /// <summary>Rows closed so far, those that have left the ring included: row n lies in slot n % capacity.</summary>
    public long Closed { get; private set; }

    /// <summary>Rows in the ring.</summary>
    public int Count => (int)Math.Min(Closed, _values.Length);

    /// <summary>Adds the newest labelled row; the oldest leaves when the ring is full.</summary>
    public void Add(in RowValues values, ReadOnlySpan<float> features, int capacity)
    {
        if (_values.Length == 0)
        {
            _width = features.Length;
            _values = new RowValues[capacity];
            _features = new float[capacity * _width];
        }

        var slot = (int)(Closed % _values.Length);
        _values[slot] = values;
        features.CopyTo(_features.AsSpan(slot * _width, _width));
        Closed++;
    }

    /// <summary>Copies the row of an age into <paramref name="row"/>: age 0 is the newest.</summary>
    public void CopyTo(int age, LabelledRow row)
    {
        var slot = (int)((Closed - 1 - age) % _values.Length);
        ref readonly var values = ref _values[slot];
        row.BarEndUs = values.BarEndUs;
        row.TargetEndUs = values.TargetEndUs;
        row.Close = values.Close;
        row.TargetClose = values.TargetClose;
        row.TargetReturn = values.TargetReturn;
        row.Scale = values.Scale;
        if (row.Features.Length != _width) row.Features = new float[_width];
        _features.AsSpan(slot * _width, _width).CopyTo(row.Features);
    }

    /// <summary>Rescales the closes of all rows, and the features that aren't free of scale, after a corporate action.</summary>
    public void Rescale(FeaturePipeline pipeline, double priceFactor, double volumeFactor)
    {
        for (var slot = 0; slot < Count; slot++)
        {
            ref var values = ref _values[slot];
            values = values with { Close = values.Close * priceFactor, TargetClose = values.TargetClose * priceFactor };
            pipeline.RescaleRow(_features.AsSpan(slot * _width, _width), priceFactor, volumeFactor);
        }
    }

    /// <summary>Forgets all rows; the memory stays.</summary>
    public void Clear() => Closed = 0;

    /// <summary>Bytes that <see cref="Write"/> writes.</summary>
    public int StateBytes => 16 + (Count * (RowValues.StateBytes + (4 * _width)));

    public void Write(ref StateWriter writer)
    {
        writer.Int64(Closed);
        writer.Int32(_values.Length);
        writer.Int32(_width);
        for (var slot = 0; slot < Count; slot++)
        {
            _values[slot].Write(ref writer);
            writer.Singles(_features.AsSpan(slot * _width, _width));
        }
    }

    public void Read(ref StateReader reader)
    {
        Closed = reader.Int64();
        _values = new RowValues[reader.Int32()];
        _width = reader.Int32();
        _features = new float[_values.Length * _width];
        for (var slot = 0; slot < Count; slot++)
        {
            _values[slot] = RowValues.Read(ref reader);
            reader.Singles(_features.AsSpan(slot * _width, _width));
        }
    }
}
