using Kafka.Stock.Contracts;
using Kafka.Stock.Learning;

namespace Kafka.Stock.Trainer;

/// <summary>The promotion of a series that isn't in effect yet: one at most, a later one takes its place.</summary>
sealed class WaitingPromotion
{
    byte[] _body = [];
    PromotedModel? _model;

    public int StateBytes => sizeof(int) + _body.Length;

    /// <summary>Whether this very promotion waits already.</summary>
    public bool Is(ModelPromotion record) =>
        _model?.Record is { } waiting && waiting.ModelId == record.ModelId && waiting.EffectiveFromUs == record.EffectiveFromUs;

    public void Set(PromotedModel model)
    {
        var output = new System.Buffers.ArrayBufferWriter<byte>();
        AvroBody.Write(model.Record, output);
        (_model, _body) = (model, output.WrittenSpan.ToArray());
    }

    /// <summary>The promotion, taken out, once a bar has come that it applies to; null before.</summary>
    public PromotedModel? TakeAt(long barEndUs)
    {
        if (_model is null || barEndUs < _model.Record.EffectiveFromUs) return null;
        var due = _model;
        (_model, _body) = (null, []);
        return due;
    }

    public void Write(ref StateWriter writer)
    {
        writer.Int32(_body.Length);
        foreach (var value in _body) writer.Byte(value);
    }

    public void Read(ref StateReader reader, TrainerOptions options)
    {
        _body = new byte[reader.Int32()];
        for (var i = 0; i < _body.Length; i++) _body[i] = reader.Byte();
        _model = null;
        if (_body.Length == 0) return;
        ModelPromotion? record = null;
        AvroBody.Read(_body, new NamePool(), ref record);
        _model = PromotedModel.Read(record!, options, "trainer state: waiting promotion");
    }
}
