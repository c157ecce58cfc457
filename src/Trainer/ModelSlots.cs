using Kafka.Stock.Learning;

namespace Kafka.Stock.Trainer;

/// <summary>The networks of a series: online, which no retrain replaces; batch, the champion, frozen; hybrid, the champion and its steps
/// since.</summary>
/// <remarks>Before the first promotion the champion is the seeded network, whose output is 0, and hybrid is online itself: nothing is
/// learnt twice.</remarks>
sealed class ModelSlots
{
    readonly LearnerScratch _scratch;
    readonly AdamOptions _adam;
    NetworkLearner? _hybrid;
    Network? _batch;

    public ModelSlots(Network seeded, AdamOptions adam, LearnerScratch scratch)
    {
        _adam = adam;
        _scratch = scratch;
        OnlineId = ChampionId = seeded.ModelId();
        Online = new NetworkLearner(seeded, adam, scratch);
    }

    /// <summary>The network that learns one step a micro-batch.</summary>
    public NetworkLearner Online { get; private set; }

    /// <summary>The champion with its steps since.</summary>
    public NetworkLearner Hybrid => _hybrid ?? Online;

    /// <summary>Id of the model that online started from.</summary>
    public string OnlineId { get; private set; }

    /// <summary>Id of the champion.</summary>
    public string ChampionId { get; private set; }

    /// <summary>Steps of the hybrid since the champion's artefact, those through the held-back rows included.</summary>
    public long HybridSteps => Hybrid.Steps - ChampionSteps;

    /// <summary>Promotions applied.</summary>
    public long Promotions { get; private set; }

    public long SkippedSteps => Online.SkippedSteps + (_hybrid?.SkippedSteps ?? 0);

    public int StateBytes =>
        sizeof(int) + 1 + (2 * ModelIdCodec.Bytes) + (2 * sizeof(long)) + Online.StateBytes
            + (_hybrid is null ? 0 : _hybrid.StateBytes + (_batch!.Shape.WeightCount * sizeof(float)));

    long ChampionSteps { get; set; }

    public float PredictBatch(ReadOnlySpan<float> features) => _batch?.Predict(features) ?? 0f;

    /// <summary>One step of each network that learns.</summary>
    /// <returns>What the online network's step did.</returns>
    public StepResult Learn(ReadOnlySpan<float> features, ReadOnlySpan<float> targets)
    {
        var step = Online.Learn(features, targets);
        _hybrid?.Learn(features, targets);
        return step;
    }

    /// <summary>The champion changes; online only by an initial model.</summary>
    public void Promote(PromotedModel model)
    {
        _batch = model.Frozen.ToNetwork();
        _hybrid = model.Stepped.ToLearner(_adam, _scratch);
        (ChampionId, ChampionSteps) = (model.Record.ModelId, model.Frozen.Steps);
        Promotions++;
        if (!model.Record.Initial) return;
        Online = model.Stepped.ToLearner(_adam, _scratch);
        OnlineId = ChampionId;
    }

    /// <summary>Copies of the networks as they stand.</summary>
    public (Network Online, Network? Batch, Network Hybrid) Copy() => (Online.Network.Clone(), _batch?.Clone(), Hybrid.Network.Clone());

    public void Write(ref StateWriter writer)
    {
        writer.Boolean(_hybrid is not null);
        ModelIdCodec.Write(ref writer, OnlineId);
        ModelIdCodec.Write(ref writer, ChampionId);
        writer.Int64(ChampionSteps);
        writer.Int64(Promotions);
        writer.Int32(Online.Network.Shape.WeightCount);
        Online.Write(ref writer);
        if (_hybrid is null || _batch is null) return;
        _hybrid.Write(ref writer);
        var weights = new float[_batch.Shape.WeightCount];
        _batch.CopyWeights(weights);
        writer.Singles(weights);
    }

    public void Read(ref StateReader reader)
    {
        var promoted = reader.Boolean();
        OnlineId = ModelIdCodec.Read(ref reader);
        ChampionId = ModelIdCodec.Read(ref reader);
        ChampionSteps = reader.Int64();
        Promotions = reader.Int64();
        var shape = Online.Network.Shape;
        reader.Expect(shape.WeightCount, "weights");
        Online.Read(ref reader);
        (_hybrid, _batch) = (null, null);
        if (!promoted) return;
        var weights = new float[shape.WeightCount];
        _hybrid = new NetworkLearner(Network.FromWeights(shape, weights), _adam, _scratch);
        _hybrid.Read(ref reader);
        reader.Singles(weights);
        _batch = Network.FromWeights(shape, weights);
    }
}
