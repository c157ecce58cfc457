namespace Kafka.Stock.Learning;

/// <summary>Trains one series' model from scratch on its own rows, in epochs over shuffled batches.</summary>
/// <remarks>A function of its arguments: rows are shuffled by key, so that the same rows give the same bits.</remarks>
public sealed class BatchTrainer
{
    readonly TrainingRecipe _recipe;
    readonly NetworkShape _shape;
    readonly LearnerScratch _scratch;
    readonly float[] _batchFeatures;
    readonly float[] _batchTargets;

    /// <summary>Makes a trainer that may train one model after the other.</summary>
    /// <param name="recipe">How.</param>
    /// <param name="shape">Shape of the networks.</param>
    /// <exception cref="ArgumentException">Recipe or shape are out of range.</exception>
    public BatchTrainer(TrainingRecipe recipe, NetworkShape shape)
    {
        _recipe = recipe.Validated();
        _shape = shape;
        _scratch = new LearnerScratch(shape, recipe.BatchRows);
        _batchFeatures = new float[recipe.BatchRows * shape.Inputs];
        _batchTargets = new float[recipe.BatchRows];
    }

    /// <summary>Trains a model.</summary>
    /// <param name="features">[rows x inputs], oldest first.</param>
    /// <param name="targets">[rows] in z units.</param>
    /// <param name="random">Chance of the series: seeds the network and shuffles the rows.</param>
    /// <param name="horizonRows">Rows that a label looks ahead: the gap between the parts.</param>
    /// <param name="goOn">Asked after each epoch; false cancels. Null never does.</param>
    /// <exception cref="ArgumentException">The lengths don't belong together, or no row is left to learn from.</exception>
    public TrainingOutcome Train(
        ReadOnlySpan<float> features, ReadOnlySpan<float> targets, in KeyedRandom random, int horizonRows,
        Func<TrainingProgress, bool>? goOn = null)
    {
        if (features.Length != targets.Length * _shape.Inputs)
            throw new ArgumentException($"found {features.Length} features; expected {_shape.Inputs} for each of {targets.Length} rows",
                nameof(features));

        var split = TrainingSplit.Of(targets.Length, _recipe, horizonRows);
        var learner = new NetworkLearner(Network.Seeded(_shape, random), _recipe.Adam, _scratch);
        var best = new BestEpoch(learner);
        var order = Rows(split.Train);
        var draw = (uint)_shape.WeightCount;
        var cancelled = false;
        var epoch = 0;
        while (epoch < _recipe.EpochsMax && !cancelled && !best.IsOver(epoch, _recipe.PatienceEpochs))
        {
            Shuffle(order, random, ref draw);
            var trainLoss = RunEpoch(learner, features, targets, order);
            var validationLoss = Loss(learner, features, targets, split.Validation);
            epoch++;
            best.Offer(epoch, trainLoss, validationLoss, _recipe.LossDeltaMin);
            cancelled = goOn is not null && !goOn(new TrainingProgress(epoch, _recipe.EpochsMax, trainLoss, validationLoss));
        }

        best.Restore();
        var testLoss = Loss(learner, features, targets, split.Test);
        return new TrainingOutcome(learner, split, epoch, best.Epoch, best.TrainLoss, best.ValidationLoss, testLoss, cancelled);
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
        var inputs = _shape.Inputs;
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
        return learner.Evaluate(features.Slice(start * _shape.Inputs, count * _shape.Inputs), targets.Slice(start, count));
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
