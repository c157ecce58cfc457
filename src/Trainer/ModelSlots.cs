using Kafka.Stock.Learning;

namespace Kafka.Stock.Trainer;

/// <summary>The networks of a series: online, which no retrain replaces; batch, the champion, frozen; hybrid, the champion and its steps
/// since.</summary>
/// <remarks>Before the first promotion the champion is the seeded network, whose output is 0, and hybrid is online itself: nothing is
/// learnt twice.</remarks>
sealed class ModelSlots
{
    readonly TrainerOptions _options;
    readonly ScratchPool _scratches;
    readonly Preprocessor _unfitted;
    PreparedLearner _online;
    PreparedLearner? _hybrid;
    PreparedNetwork? _batch;
    byte[] _initialFile = [];
    byte[] _championFile = [];

    public ModelSlots(TrainerOptions options, ScratchPool scratches, in KeyedRandom random)
    {
        _options = options;
        _scratches = scratches;
        _unfitted = Preprocessor.Unfitted(options.Pipeline);
        var seeded = Network.Seeded(new NetworkShape(_unfitted.OutputWidth, options.HiddenUnits), random);
        OnlineId = ChampionId = seeded.ModelId();
        _online = Learner(_unfitted, new NetworkLearner(seeded, options.Adam, scratches.Of(seeded.Shape)));
    }

    /// <summary>The network that learns one step a micro-batch.</summary>
    public NetworkLearner Online => _online.Learner;

    /// <summary>Id of the model that online started from.</summary>
    public string OnlineId { get; private set; }

    /// <summary>Id of the champion.</summary>
    public string ChampionId { get; private set; }

    /// <summary>Steps of the hybrid since the champion's artefact, those through the held-back rows included.</summary>
    public long HybridSteps => (_hybrid ?? _online).Learner.Steps - ChampionSteps;

    /// <summary>Promotions applied.</summary>
    public long Promotions { get; private set; }

    public long SkippedSteps => Online.SkippedSteps + (_hybrid?.Learner.SkippedSteps ?? 0);

    public int StateBytes =>
        (2 * ModelIdCodec.Bytes) + (2 * sizeof(long)) + (2 * sizeof(int)) + _initialFile.Length + _championFile.Length
            + Online.StateBytes + (_hybrid?.Learner.StateBytes ?? 0);

    long ChampionSteps { get; set; }

    public float PredictOnline(ReadOnlySpan<float> features) => _online.Predict(features);

    public float PredictBatch(ReadOnlySpan<float> features) => _batch?.Predict(features) ?? 0f;

    public float PredictHybrid(ReadOnlySpan<float> features) => (_hybrid ?? _online).Predict(features);

    /// <summary>One step of each network that learns.</summary>
    /// <returns>What the online network's step did.</returns>
    public StepResult Learn(ReadOnlySpan<float> rows, ReadOnlySpan<float> targets)
    {
        var step = _online.Learn(rows, targets);
        _hybrid?.Learn(rows, targets);
        return step;
    }

    /// <summary>The champion changes; online only by an initial model.</summary>
    public void Promote(PromotedModel model)
    {
        _championFile = model.Record.Artefact.ToArray();
        _batch = PreparedNetwork.Of(model.Frozen);
        _hybrid = LearnerOf(model.Stepped);
        (ChampionId, ChampionSteps) = (model.Record.ModelId, model.Frozen.Steps);
        Promotions++;
        if (!model.Record.Initial) return;
        _initialFile = _championFile;
        _online = LearnerOf(model.Stepped);
        OnlineId = ChampionId;
    }

    /// <summary>Copies of the networks as they stand.</summary>
    public (PreparedNetwork Online, PreparedNetwork? Batch, PreparedNetwork Hybrid) Copy()
    {
        var online = new PreparedNetwork(PreprocessorOf(_initialFile), Online.Network.Clone());
        if (_hybrid is null) return (online, _batch, online);
        return (online, _batch, new PreparedNetwork(PreprocessorOf(_championFile), _hybrid.Learner.Network.Clone()));
    }

    public void Write(ref StateWriter writer)
    {
        ModelIdCodec.Write(ref writer, OnlineId);
        ModelIdCodec.Write(ref writer, ChampionId);
        writer.Int64(ChampionSteps);
        writer.Int64(Promotions);
        WriteFile(ref writer, _initialFile);
        WriteFile(ref writer, _championFile);
        Online.Write(ref writer);
        _hybrid?.Learner.Write(ref writer);
    }

    public void Read(ref StateReader reader)
    {
        OnlineId = ModelIdCodec.Read(ref reader);
        ChampionId = ModelIdCodec.Read(ref reader);
        ChampionSteps = reader.Int64();
        Promotions = reader.Int64();
        _initialFile = ReadFile(ref reader);
        _championFile = ReadFile(ref reader);
        if (_initialFile.Length > 0) _online = LearnerOf(ModelArtefact.FromBytes(_initialFile, _options.Pipeline));
        Online.Read(ref reader);
        (_hybrid, _batch) = (null, null);
        if (_championFile.Length == 0) return;
        var champion = ModelArtefact.FromBytes(_championFile, _options.Pipeline);
        _batch = PreparedNetwork.Of(champion);
        _hybrid = LearnerOf(champion);
        _hybrid.Learner.Read(ref reader);
    }

    static void WriteFile(ref StateWriter writer, byte[] file)
    {
        writer.Int32(file.Length);
        foreach (var value in file) writer.Byte(value);
    }

    static byte[] ReadFile(ref StateReader reader)
    {
        var file = new byte[reader.Int32()];
        for (var i = 0; i < file.Length; i++) file[i] = reader.Byte();
        return file;
    }

    Preprocessor PreprocessorOf(byte[] file) =>
        file.Length == 0 || _options.Pipeline.IsScaleFree ? _unfitted : ModelArtefact.FromBytes(file, _options.Pipeline).Preprocessor;

    PreparedLearner LearnerOf(ModelArtefact artefact) =>
        Learner(artefact.Preprocessor, artefact.ToLearner(_options.Adam, _scratches.Of(artefact.Shape)));

    PreparedLearner Learner(Preprocessor preprocessor, NetworkLearner learner) => new(preprocessor, learner, _scratches.BatchRowsMax);
}
