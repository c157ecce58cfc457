namespace Kafka.Stock.Learning;

/// <summary>Trains one series' model from scratch on its own rows, in epochs over shuffled batches.</summary>
/// <remarks>A function of its arguments: rows are shuffled by key, so that the same rows give the same bits.</remarks>
public sealed class BatchTrainer
{
    readonly TrainingRecipe _recipe;
    readonly FeaturePipeline _pipeline;
    readonly int _hiddenUnits;
    readonly float[] _batchTargets;
    LearnerScratch _scratch;
    float[] _batchFeatures = [];
    float[] _encoded = [];

    /// <summary>Makes a trainer that may train one model after the other.</summary>
    /// <param name="recipe">How.</param>
    /// <param name="pipeline">Pipeline of the rows.</param>
    /// <param name="hiddenUnits">Hidden units of the networks; their inputs are what the fitted preprocessor gives.</param>
    /// <exception cref="ArgumentException">Recipe or size are out of range.</exception>
    public BatchTrainer(TrainingRecipe recipe, FeaturePipeline pipeline, int hiddenUnits = 64)
    {
        _recipe = recipe.Validated();
        _pipeline = pipeline;
        _hiddenUnits = hiddenUnits;
        _batchTargets = new float[recipe.BatchRows];
        _scratch = new LearnerScratch(new NetworkShape(pipeline.Width, hiddenUnits), recipe.BatchRows);
    }

    /// <summary>Trains a model, and fits its preprocessor on the training part.</summary>
    /// <param name="features">[rows x width] as the pipeline gave them, oldest first.</param>
    /// <param name="targets">[rows] in z units.</param>
    /// <param name="random">Chance of the series: seeds the network and shuffles the rows.</param>
    /// <param name="horizonRows">Rows that a label looks ahead: the gap between the parts.</param>
    /// <param name="goOn">Asked after each epoch; false cancels. Null never does.</param>
    /// <exception cref="ArgumentException">The lengths don't belong together, or no row is left to learn from.</exception>
    public TrainingOutcome Train(
        ReadOnlySpan<float> features, ReadOnlySpan<float> targets, in KeyedRandom random, int horizonRows,
        Func<TrainingProgress, bool>? goOn = null)
    {
        if (features.Length != targets.Length * _pipeline.Width)
            throw new ArgumentException($"found {features.Length} features; expected {_pipeline.Width} for each of {targets.Length} rows",
                nameof(features));

        var split = TrainingSplit.Of(targets.Length, _recipe, horizonRows);
        var preprocessor = FitOn(split.Train, features);
        var encoded = Encode(preprocessor, features, targets.Length);
        var learner = new NetworkLearner(Network.Seeded(_scratch.Shape, random), _recipe.Adam, _scratch);
        var best = new BestEpoch(learner);
        var order = Rows(split.Train);
        var draw = (uint)_scratch.Shape.WeightCount;
        var cancelled = false;
        var epoch = 0;
        while (epoch < _recipe.EpochsMax && !cancelled && !best.IsOver(epoch, _recipe.PatienceEpochs))
        {
            Shuffle(order, random, ref draw);
            var trainLoss = RunEpoch(learner, encoded, targets, order);
            var validationLoss = Loss(learner, encoded, targets, split.Validation);
            epoch++;
            best.Offer(epoch, trainLoss, validationLoss, _recipe.LossDeltaMin);
            cancelled = goOn is not null && !goOn(new TrainingProgress(epoch, _recipe.EpochsMax, trainLoss, validationLoss));
        }

        best.Restore();
        var testLoss = Loss(learner, encoded, targets, split.Test);
        return new TrainingOutcome(
            learner, preprocessor, split, epoch, best.Epoch, best.TrainLoss, best.ValidationLoss, testLoss, cancelled);
    }

    Preprocessor FitOn(Range train, ReadOnlySpan<float> features)
    {
        var width = _pipeline.Width;
        return Preprocessor.Fit(_pipeline, features[(train.Start.Value * width)..(train.End.Value * width)]);
    }

    /// <summary>All rows as the network sees them; working memory fits the preprocessor's width from here on.</summary>
    ReadOnlySpan<float> Encode(Preprocessor preprocessor, ReadOnlySpan<float> features, int rows)
    {
        var shape = new NetworkShape(preprocessor.OutputWidth, _hiddenUnits);
        if (_scratch.Shape != shape) _scratch = new LearnerScratch(shape, _recipe.BatchRows);
        if (_batchFeatures.Length != _recipe.BatchRows * shape.Inputs) _batchFeatures = new float[_recipe.BatchRows * shape.Inputs];
        if (_encoded.Length < rows * shape.Inputs) _encoded = new float[rows * shape.Inputs];
        var encoded = _encoded.AsSpan(0, rows * shape.Inputs);
        preprocessor.TransformRows(features, encoded);
        return encoded;
    }

    static int[] Rows(Range range) => [.. Enumerable.Range(range.Start.Value, range.End.Value - range.Start.Value)];

    /// <summary>Fisher and Yates, from the end.</summary>
    static void Shuffle(Span<int> order, in KeyedRandom random, ref uint draw)
    {
        for (var last = order.Length - 1; last > 0; last--)
        {
            var other = (int)(random.Uniform(draw++) * (last + 1));
            (order[last], order[other]) = (order[other], order[last]);
        }
    }

    double RunEpoch(NetworkLearner learner, ReadOnlySpan<float> features, ReadOnlySpan<float> targets, ReadOnlySpan<int> order)
    {
        var sum = 0.0;
        var inputs = _scratch.Shape.Inputs;
        for (var from = 0; from < order.Length; from += _recipe.BatchRows)
        {
            var count = Math.Min(_recipe.BatchRows, order.Length - from);
            for (var i = 0; i < count; i++)
            {
                var row = order[from + i];
                features.Slice(row * inputs, inputs).CopyTo(_batchFeatures.AsSpan(i * inputs));
                _batchTargets[i] = targets[row];
            }

            var step = learner.Learn(_batchFeatures.AsSpan(0, count * inputs), _batchTargets.AsSpan(0, count));
            if (step.Applied) sum += step.Loss * count;
        }

        return sum / order.Length;
    }

    double? Loss(NetworkLearner learner, ReadOnlySpan<float> features, ReadOnlySpan<float> targets, Range part)
    {
        var (start, count) = part.GetOffsetAndLength(targets.Length);
        if (count == 0) return null;
        var inputs = _scratch.Shape.Inputs;
        return learner.Evaluate(features.Slice(start * inputs, count * inputs), targets.Slice(start, count));
    }

    /// <summary>The epoch with the least validation loss; the last one where there is no validation part.</summary>
    sealed class BestEpoch(NetworkLearner learner)
    {
        readonly byte[] _saved = new byte[learner.StateBytes];
        double _lossToBeat = double.PositiveInfinity;

        public int Epoch { get; private set; }

        public double TrainLoss { get; private set; }

        public double? ValidationLoss { get; private set; }

        public bool IsOver(int epoch, int patienceEpochs) =>
            patienceEpochs > 0 && ValidationLoss is not null && epoch - Epoch >= patienceEpochs;

        public void Offer(int epoch, double trainLoss, double? validationLoss, double deltaMin)
        {
            if (validationLoss is { } loss && !(loss < _lossToBeat)) return;
            (Epoch, TrainLoss, ValidationLoss) = (epoch, trainLoss, validationLoss);
            if (validationLoss is { } better) _lossToBeat = better - deltaMin;
            var writer = new StateWriter(_saved);
            learner.Write(ref writer);
        }

        public void Restore()
        {
            if (Epoch == 0) return;
            var reader = new StateReader(_saved);
            learner.Read(ref reader);
        }
    }
}
