using Kafka.Stock.Contracts;
using Kafka.Stock.Learning;

namespace Kafka.Stock.BatchJob;

/// <summary>Retrains by a recipe at some month ends of a run, and tells whether they were promoted; nothing takes over.</summary>
sealed class CandidateTrials(SimulationOptions options, TrainingRecipe recipe, CancellationToken cancellation) : IOutput
{
    readonly TrainingHistory _history = new(options.Retrain with { Recipe = recipe, Trainer = options.Trainer });

    /// <summary>Runs the bars.</summary>
    /// <param name="bars">In the order of event time.</param>
    /// <param name="count">Retrains, spread over the month ends at which there are enough rows.</param>
    /// <param name="done">Told after each.</param>
    /// <returns>Of each retrain, whether it was promoted.</returns>
    public IReadOnlyList<bool> Run(IReadOnlyList<SourceBar> bars, int count, Action<int> done)
    {
        var months = new MonthEnds(options.Topology.Calendar);
        var retrainer = new Retrainer(_history, options.Retrain with { Recipe = recipe, Trainer = options.Trainer });
        var simulation = new Simulation(options with { Schedule = RetrainSchedule.Never, TrainUntilUs = null }, this);
        List<bool> promoted = [];
        var ends = MonthsOf(bars);
        var (ready, every) = (0, 0);
        foreach (var bar in bars)
        {
            if (months.TryPass(bar.EndUs, out var endUs))
            {
                ends--;
                if (promoted.Count < count && retrainer.ReadyIntervals(endUs).Contains(BarInterval.Session.ToString()))
                {
                    // The first month end with enough rows tells how many are left to choose from.
                    if (every == 0) every = Math.Max(1, ends / count);
                    if (ready++ % every == 0)
                    {
                        promoted.Add(retrainer.Retrain(
                            BarInterval.Session.ToString(), endUs, RetrainTrigger.Month, cancellation: cancellation)
                            .Decision.Promoted);
                        done(promoted.Count);
                    }
                }
            }

            simulation.Apply(bar);
        }

        return promoted;
    }

    int MonthsOf(IEnumerable<SourceBar> bars)
    {
        var months = new MonthEnds(options.Topology.Calendar);
        return bars.Count(bar => months.TryPass(bar.EndUs, out _));
    }

    void IOutput.Publish<TRecord>(Topic topic, string symbol, in TRecord record)
    {
        if (record is MicroBatch batch) _history.Add(batch);
        if (record is Score score) _history.Add(score);
    }

    void IOutput.Count(FoldEvent what)
    {
        // Nothing here depends on counts.
    }
}
