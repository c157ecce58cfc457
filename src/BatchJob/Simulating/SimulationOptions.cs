using Kafka.Stock.Contracts;
using Kafka.Stock.Topology;
using Kafka.Stock.Trainer;

namespace Kafka.Stock.BatchJob;

/// <summary>What a simulation runs.</summary>
public sealed record SimulationOptions
{
    /// <summary>The Topology's fold.</summary>
    public TopologyOptions Topology { get; init; } = new();

    /// <summary>The Trainer's fold; the horizon is the Topology's.</summary>
    public TrainerOptions Trainer { get; init; } = new();

    /// <summary>When it retrains.</summary>
    public RetrainSchedule Schedule { get; init; } = RetrainSchedule.Monthly;

    /// <summary>How it retrains; <see cref="RetrainOptions.Trainer"/> is taken from <see cref="Trainer"/>.</summary>
    public RetrainOptions Retrain { get; init; } = new();

    /// <summary>The quality gate over the bars that are new at a retrain; null for none.</summary>
    public QualityOptions? Gate { get; init; } = new();

    /// <summary>First models are trained on rows whose target closed by then and take over at the next bar; retrains begin after it.
    /// Microseconds since 1970 UTC; null for none.</summary>
    public long? TrainUntilUs { get; init; }

    /// <summary>True where anything is trained besides the online network.</summary>
    internal bool NeedsHistory => Schedule != RetrainSchedule.Never || TrainUntilUs is not null;

    /// <summary>The options, when all of them make sense.</summary>
    /// <exception cref="ConfigurationException">All faults at once.</exception>
    public SimulationOptions Validated()
    {
        if (Topology.HorizonBars != Trainer.HorizonBars)
        {
            throw new ConfigurationException(
                "simulation", $"horizons of {Topology.HorizonBars} (Topology) and {Trainer.HorizonBars} bars (Trainer)", "one horizon");
        }

        return this with { Retrain = (Retrain with { Trainer = Trainer }).Validated() };
    }
}
