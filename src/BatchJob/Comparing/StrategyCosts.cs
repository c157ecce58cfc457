using Kafka.Stock.Contracts;
using Kafka.Stock.Learning;
using Kafka.Stock.Trainer;

namespace Kafka.Stock.BatchJob;

/// <summary>Counts the rows that strategies touch, and measures their processor time in runs of their own.</summary>
/// <remarks>Online: its steps taken again and nothing else. Batch: a run with retrains less one without, less the hybrid's steps.
/// Hybrid: the same training and its own steps. Aggregate: all of it. Drift: one addition a label. Ar1 and
/// ridge: least squares on each labelled row once.</remarks>
sealed class StrategyCosts(SimulationOptions options, ForecastJournal journal, StepLog steps)
{
    /// <summary>The costs by strategy.</summary>
    /// <param name="retrainSeconds">Processor time of the run with retrains less that of one without.</param>
    public IReadOnlyDictionary<string, StrategyCost> Measure(double retrainSeconds)
    {
        var online = MeasureSteps();
        var drift = MeasureDrift();
        var ar1 = MeasureLeastSquares(1);
        var ridge = MeasureLeastSquares(options.Trainer.Pipeline.Width);
        var hybridRows = HybridRows();
        var trainedRows = TrainedRows();
        var hybridSeconds = online.RowsTouched > 0 ? online.CpuSeconds * hybridRows / online.RowsTouched : 0;
        var training = Math.Max(0, retrainSeconds - hybridSeconds);
        return new Dictionary<string, StrategyCost>(StringComparer.Ordinal)
        {
            [Strategies.Naive] = new(0, 0),
            [Strategies.Drift] = drift,
            [Strategies.Online] = online,
            [Strategies.Batch] = new(training, trainedRows),
            [Strategies.Hybrid] = new(training + hybridSeconds, trainedRows + hybridRows),
            [Strategies.Ar1] = ar1,
            [Strategies.Ridge] = ridge,
            [Strategies.Aggregate] = new(
                drift.CpuSeconds + ar1.CpuSeconds + ridge.CpuSeconds + online.CpuSeconds + training + hybridSeconds,
                drift.RowsTouched + ar1.RowsTouched + ridge.RowsTouched + online.RowsTouched + trainedRows + hybridRows),
        };
    }

    StrategyCost MeasureSteps()
    {
        var pipeline = options.Trainer.Pipeline;
        var shape = new NetworkShape(Preprocessor.Unfitted(pipeline).OutputWidth, options.Trainer.HiddenUnits);
        var scratch = new LearnerScratch(shape, options.Trainer.BatchRowsMax);
        var before = Environment.CpuUsage.TotalTime;
        var rows = 0L;
        foreach (var (series, taken) in steps.Steps)
        {
            var random = new KeyedRandom(options.Trainer.Seed, Fnv1a.Hash(series.ToString()), 0);
            var learner = new NetworkLearner(Network.Seeded(shape, random), options.Trainer.Adam, scratch);
            foreach (var step in taken)
            {
                if (step.Targets.Length > 0 && step.Features.Length == step.Targets.Length * shape.Inputs) learner.Learn(
                    step.Features, step.Targets);
                if (step.Next.Length == shape.Inputs) learner.Predict(step.Next);
                rows += step.Targets.Length;
            }
        }

        return new((Environment.CpuUsage.TotalTime - before).TotalSeconds, rows);
    }

    StrategyCost MeasureDrift()
    {
        var before = Environment.CpuUsage.TotalTime;
        var rows = 0L;
        foreach (var taken in steps.Steps.Values)
        {
            var drift = new DriftForecaster();
            foreach (var step in taken.Where(step => step.Targets.Length > 0))
            {
                drift.Add(step.Targets[^1]);
                rows++;
            }
        }

        return new((Environment.CpuUsage.TotalTime - before).TotalSeconds, rows);
    }

    /// <summary>Least squares on so many inputs of the newest row of each step, and its forecast.</summary>
    StrategyCost MeasureLeastSquares(int inputs)
    {
        var before = Environment.CpuUsage.TotalTime;
        var rows = 0L;
        foreach (var taken in steps.Steps.Values)
        {
            var linear = new LinearForecaster(inputs, LinearForecaster.RidgePrior);
            foreach (var step in taken)
            {
                if (step.Targets.Length > 0)
                {
                    var newest = step.Features.Length / step.Targets.Length * (step.Targets.Length - 1);
                    linear.Learn(step.Features.AsSpan(newest, inputs), step.Targets[^1]);
                    rows++;
                }

                if (step.Next.Length >= inputs) linear.Predict(step.Next.AsSpan(0, inputs));
            }
        }

        return new((Environment.CpuUsage.TotalTime - before).TotalSeconds, rows);
    }

    /// <summary>Rows of the hybrid's own steps: those since its first model, and those through the held-back rows of each
    /// candidate.</summary>
    long HybridRows()
    {
        var first = new Dictionary<SeriesId, long>();
        foreach (var promotion in journal.Promotions) first.TryAdd(promotion.Series, promotion.EffectiveFromUs);
        var since = steps.Steps.Where(entry => first.ContainsKey(entry.Key))
            .Sum(entry => entry.Value.Where(step => step.BarEndUs >= first[entry.Key]).Sum(step => (long)step.Targets.Length));
        return since + journal.Decisions.Sum(decision => (long)decision.Rows * options.Topology.BatchRows);
    }

    /// <summary>Rows of all candidates, promoted or not, times the epochs: exact where the recipe doesn't stop early.</summary>
    long TrainedRows() => journal.Decisions.Sum(
        decision => decision.Models.Sum(model => (long)model.Rows) * options.Retrain.Recipe.EpochsMax);
}
