using System.Globalization;
using Kafka.Stock.Contracts;
using Kafka.Stock.Learning;

namespace Kafka.Stock.BatchJob;

/// <summary>Trains candidates one after the other; one a thread.</summary>
sealed class CandidateTrainer(RetrainOptions options)
{
    /// <summary>A training loss of so many times that of "no change" has diverged.</summary>
    const double DivergedFactor = 2;

    BatchTrainer? _trainer;
    LearnerScratch? _steps;
    NetworkShape _shape;

    /// <summary>Trains on the rows before the held-back ones, then runs through those as the Trainer would: predict, then step.</summary>
    public Candidate TrainHeldBack(SeriesHistory history, in HeldBackSplit split, long atUs, CancellationToken cancellation)
    {
        var rows = history.Rows;
        var outcome = Train(history, split.TrainRows, atUs, cancellation);
        var candidate = Describe(history, outcome, split.TrainRows, out var frozen);
        if (candidate.Fault is not null) return candidate;

        var hybrid = frozen.ToLearner(options.Trainer.Adam, _steps!);
        var network = frozen.ToNetwork();
        var pairs = new List<PairedRow>(options.HeldBackRows);
        var startUs = rows[split.HeldBackFrom].BarEndUs;
        using var steps = history.Steps.Where(step => step.BarEndUs > startUs && step.BarEndUs <= atUs).GetEnumerator();
        var isLeft = steps.MoveNext();
        for (var i = split.HeldBackFrom; i < split.KnownRows; i++)
        {
            ref readonly var row = ref rows[i];
            isLeft = StepUntil(hybrid, steps, isLeft, row.BarEndUs);
            var features = rows.Features(i);
            if (history.ErrorAt(row.BarEndUs) is not { } champion) continue;
            pairs.Add(new PairedRow(
                row.BarEndUs, row.Loss(hybrid.Predict(features)), row.Loss(network.Predict(features)),
                champion.Hybrid / row.Scale, champion.Batch / row.Scale, row.Loss(0f)));
        }

        StepUntil(hybrid, steps, isLeft, atUs);
        return candidate with
        {
            Pairs = pairs,
            HybridArtefact = ModelArtefact.Of(hybrid, history.Fingerprint, frozen.Metadata).ToBytes(),
        };
    }

    /// <summary>Trains on all rows whose target had closed by then.</summary>
    public Candidate TrainAll(SeriesHistory history, int trainRows, long atUs, CancellationToken cancellation) =>
        Describe(history, Train(history, trainRows, atUs, cancellation), trainRows, out _);

    static bool StepUntil(NetworkLearner hybrid, IEnumerator<LearningRows> steps, bool isLeft, long untilUs)
    {
        while (isLeft && steps.Current.BarEndUs <= untilUs)
        {
            hybrid.Learn(steps.Current.Features, steps.Current.Targets);
            isLeft = steps.MoveNext();
        }

        return isLeft;
    }

    (TrainingOutcome Outcome, double NaiveLoss) Train(SeriesHistory history, int trainRows, long atUs, CancellationToken cancellation)
    {
        var shape = new NetworkShape(history.Rows.Width, options.Trainer.HiddenUnits);
        if (_trainer is null || shape != _shape)
        {
            _shape = shape;
            _trainer = new BatchTrainer(options.Recipe, shape);
            _steps = new LearnerScratch(shape, options.Trainer.BatchRowsMax);
        }

        var (features, targets) = history.Rows.Copy(0, trainRows);
        var random = new KeyedRandom(options.Seed, Fnv1a.Hash(history.Series.ToString()), (ulong)atUs);
        var outcome = _trainer.Train(
            features, targets, random, options.Trainer.HorizonBars, _ => !cancellation.IsCancellationRequested);
        cancellation.ThrowIfCancellationRequested();

        // The last layer of a fresh network is 0: it says "no change".
        var (start, count) = outcome.Split.Train.GetOffsetAndLength(trainRows);
        var naive = new NetworkLearner(Network.Seeded(shape, random), options.Recipe.Adam, _steps!).Evaluate(
            features.AsSpan(start * shape.Inputs, count * shape.Inputs), targets.AsSpan(start, count));
        return (outcome, naive);
    }

    Candidate Describe(
        SeriesHistory history, (TrainingOutcome Outcome, double NaiveLoss) trained, int trainRows, out ModelArtefact frozen)
    {
        var (outcome, naiveLoss) = trained;
        var rows = history.Rows;
        var (start, count) = outcome.Split.Train.GetOffsetAndLength(trainRows);
        var last = rows[trainRows - 1];
        var metadata = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["series"] = history.Series.ToString(),
            ["recipe"] = options.Recipe.Name,
            ["seed"] = options.Seed.ToString(CultureInfo.InvariantCulture),
            ["rows"] = Text(count),
            ["trained_from_us"] = Text(rows[start].BarEndUs),
            ["trained_until_us"] = Text(last.TargetEndUs),
            ["epochs"] = Text(outcome.Epochs),
            ["best_epoch"] = Text(outcome.BestEpoch),
            ["train_loss"] = Text(outcome.TrainLoss),
            ["code"] = typeof(CandidateTrainer).Assembly.GetName().Version!.ToString(3),
        };
        if (outcome.ValidationLoss is { } validation) metadata["validation_loss"] = Text(validation);
        if (outcome.TestLoss is { } test) metadata["test_loss"] = Text(test);
        frozen = ModelArtefact.Of(outcome.Learner, history.Fingerprint, metadata);
        var bytes = frozen.ToBytes();
        return new Candidate
        {
            Series = history.Series,
            Fingerprint = history.Fingerprint,
            Rows = count,
            TrainedUntilUs = last.TargetEndUs,
            Artefact = bytes,
            ModelId = ModelArtefact.IdOf(bytes),
            Fault = FaultOf(outcome, naiveLoss),
        };
    }

    static string? FaultOf(TrainingOutcome outcome, double naiveLoss)
    {
        if (outcome.Learner.SkippedSteps > 0) return $"{Text(outcome.Learner.SkippedSteps)} steps weren't finite";
        var isClose = outcome.TrainLoss <= DivergedFactor * naiveLoss;
        return isClose ? null : $"training loss {Text(outcome.TrainLoss)} diverged from {Text(naiveLoss)}, that of no change";
    }

    static string Text(double number) => number.ToString("R", CultureInfo.InvariantCulture);

    static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
