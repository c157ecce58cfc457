using System.Globalization;
using Kafka.Stock.Learning;

namespace Kafka.Stock.BatchJob;

/// <summary>Trains candidates one after the other; one a thread.</summary>
sealed class CandidateTrainer(RetrainOptions options)
{
    /// <summary>A training loss of so many times that of "no change" has diverged.</summary>
    const double DivergedFactor = 2;

    static readonly string s_codeVersion = typeof(CandidateTrainer).Assembly.GetName().Version!.ToString(3);

    readonly FeaturePipeline _pipeline = options.Trainer.Pipeline;
    readonly BatchTrainer _trainer = new(options.Recipe, options.Trainer.Pipeline, options.Trainer.HiddenUnits);
    LearnerScratch? _scratch;
    float[] _encoded = [];

    /// <summary>Trains on the rows before the held-back ones, then runs through those as the Trainer would: predict, then step.</summary>
    public Candidate TrainHeldBack(SeriesHistory history, in HeldBackSplit split, long atUs, CancellationToken cancellation)
    {
        var candidate = Train(history, split.TrainRows, atUs, cancellation, out var frozen);
        if (candidate.Fault is not null) return candidate;

        var rows = history.Rows;
        var hybrid = frozen.ToLearner(options.Trainer.Adam, ScratchOf(frozen.Shape));
        var network = frozen.ToNetwork();
        var features = new float[frozen.Shape.Inputs];
        var pairs = new List<PairedRow>(options.HeldBackRows);
        var startUs = rows[split.HeldBackFrom].BarEndUs;
        var steps = new Queue<LearningRows>(history.Steps.Where(step => step.BarEndUs > startUs && step.BarEndUs <= atUs));
        for (var i = split.HeldBackFrom; i < split.KnownRows; i++)
        {
            ref readonly var row = ref rows[i];
            StepUntil(hybrid, frozen.Preprocessor, steps, row.BarEndUs);
            if (history.ErrorAt(row.BarEndUs) is not { } champion) continue;
            frozen.Preprocessor.Transform(rows.Features(i), features);
            pairs.Add(new PairedRow(
                row.BarEndUs, row.Loss(hybrid.Predict(features)), row.Loss(network.Predict(features)),
                champion.Hybrid / row.Scale, champion.Batch / row.Scale, row.Loss(0f)));
        }

        StepUntil(hybrid, frozen.Preprocessor, steps, atUs);
        return candidate with
        {
            Pairs = pairs,
            HybridArtefact = ModelArtefact.Of(hybrid, frozen.Preprocessor, frozen.Metadata).ToBytes(),
        };
    }

    /// <summary>Trains on the oldest so many rows.</summary>
    public Candidate TrainAll(SeriesHistory history, int trainRows, long atUs, CancellationToken cancellation) =>
        Train(history, trainRows, atUs, cancellation, out _);

    Candidate Train(SeriesHistory history, int trainRows, long atUs, CancellationToken cancellation, out ModelArtefact frozen)
    {
        var rows = history.Rows;
        var series = history.Series.ToString();
        var (features, targets) = rows.Copy(trainRows);
        var random = new KeyedRandom(options.Seed, Fnv1a.Hash(series), (ulong)atUs);
        var outcome = _trainer.Train(
            features, targets, random, options.Trainer.HorizonBars, _ => !cancellation.IsCancellationRequested);
        cancellation.ThrowIfCancellationRequested();
        var (barEndsUs, targetEndsUs) = rows.Times(trainRows);
        var card = ModelCard.Of(series, options.Recipe, options.Seed, s_codeVersion, outcome, barEndsUs, targetEndsUs);
        frozen = ModelArtefact.Of(outcome.Learner, outcome.Preprocessor, card.ToMetadata());
        var bytes = frozen.ToBytes();
        return new Candidate
        {
            Series = history.Series,
            Fingerprint = _pipeline.Fingerprint,
            Rows = card.TrainRows,
            TrainedUntilUs = targetEndsUs[^1],
            Artefact = bytes,
            ModelId = ModelArtefact.IdOf(bytes),
            Fault = FaultOf(outcome, targets.AsSpan(outcome.Split.Train)),
        };
    }

    /// <summary>The steps of all micro-batches up to a bar, as the Trainer takes them.</summary>
    void StepUntil(NetworkLearner hybrid, Preprocessor preprocessor, Queue<LearningRows> steps, long untilUs)
    {
        while (steps.TryPeek(out var step) && step.BarEndUs <= untilUs)
        {
            steps.Dequeue();
            var length = step.Targets.Length * preprocessor.OutputWidth;
            if (_encoded.Length < length) _encoded = new float[length];
            preprocessor.TransformRows(step.Features, _encoded.AsSpan(0, length));
            hybrid.Learn(_encoded.AsSpan(0, length), step.Targets);
        }
    }

    LearnerScratch ScratchOf(NetworkShape shape)
    {
        if (_scratch is null || _scratch.Shape != shape) _scratch = new LearnerScratch(shape, options.Trainer.BatchRowsMax);
        return _scratch;
    }

    string? FaultOf(TrainingOutcome outcome, ReadOnlySpan<float> targets)
    {
        if (outcome.Learner.SkippedSteps > 0) return $"{Text(outcome.Learner.SkippedSteps)} steps weren't finite";

        // A fresh network's last layer is 0: it says "no change".
        var fresh = Network.Seeded(new NetworkShape(1, 1), new KeyedRandom(0, 0, 0));
        var naive = new NetworkLearner(fresh, options.Recipe.Adam, new LearnerScratch(fresh.Shape, options.Recipe.BatchRows));
        var naiveLoss = naive.Evaluate(new float[targets.Length], targets);
        var isClose = outcome.TrainLoss <= DivergedFactor * naiveLoss;
        return isClose ? null : $"training loss {Text(outcome.TrainLoss)} diverged from {Text(naiveLoss)}, that of no change";
    }

    static string Text(double number) => number.ToString("R", CultureInfo.InvariantCulture);

    static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
